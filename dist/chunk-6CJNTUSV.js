import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{b as n,c as i}from"./chunk-3ABRYBVF.js";function f(e){let t=i(e)?.title,{parameter:r}=n(e);return t===void 0?e:r===void 0?t:t.endsWith("F-beta")?t.replace(/-beta$/,String(r)):/\bk\b/.test(t)?t.replace(/\bk\b/,String(r)):`${t}@${r}`}function o(e){return i(e)?.direction}export{f as a,o as b};
