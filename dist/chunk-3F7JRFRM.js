import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
var e={strict:!0,strictTypes:!1,validateSchema:!1,code:{optimize:!1}};export{e as a};
