import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
var e="modelgate";export{e as a};
