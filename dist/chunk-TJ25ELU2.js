import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{mkdtemp as o,rm as i}from"node:fs/promises";import{tmpdir as m}from"node:os";import{join as l}from"node:path";async function p({environment:t},e){let r=await o(l(t.RUNNER_TEMP||m(),"modelgate-"));try{return await e(r)}finally{await i(r,{recursive:!0,force:!0})}}export{p as a};
