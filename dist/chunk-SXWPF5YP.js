import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{c as i,d as f}from"./chunk-ITVKTKY4.js";import{a as r}from"./chunk-MROXYSTA.js";function u(e){if(e===void 0)return;let n=f(e);if(n===void 0)throw new r({found:`--memory is ${JSON.stringify(e)}`,fix:i});return n}export{u as a};
