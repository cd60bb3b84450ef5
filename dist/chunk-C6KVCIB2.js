import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
function t(e){return e.evaluate?.reveal??"metrics"}export{t as a};
