import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
function n(e){let t=e.charAt(0).toUpperCase()+e.slice(1);return/[.!?…]$/.test(t)?t:`${t}.`}export{n as a};
