import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{d as e,e as r}from"./chunk-SXCYQJNI.js";import{g as t}from"./chunk-NHCYFUCD.js";function d(o){let m=t(o);return`${e(r.map(({render:n})=>n(m))).text}
`}export{d as a};
