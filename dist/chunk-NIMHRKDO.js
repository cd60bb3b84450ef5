import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
function i({evaluate:e}){return e&&n(e)?e:void 0}function n(e){return e.predictions!==void 0&&e.labels!==void 0&&e.metrics!==void 0}export{i as a,n as b};
