import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
function n({verdict:t}){let e=t?.budget;return e?.whenSpent==="cannot-measure"&&(e.counted||e.state==="unknown")}export{n as a};
