import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a as e}from"./chunk-C6KVCIB2.js";function n(o,r){return e(o)==="verdict"&&(r.GITHUB_ACTIONS??"")!==""}export{n as a};
