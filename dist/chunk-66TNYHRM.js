import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
function n({files:e,path:a,sha256:s,size:i}){return e?e.map(t=>({path:t.path,sha256:t.sha256,size:t.size})):a===null||s===null||i===null?[]:[{path:a,sha256:s,size:i}]}export{n as a};
