import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a as l,b as i}from"./chunk-46IVFYNF.js";import"./chunk-HDFFTK52.js";import"./chunk-AZNJJI7T.js";var f=100;async function m(r,e,p){let{stdout:t,stderr:n}=process,a=new AbortController,s=()=>a.abort();process.once("SIGINT",s),process.once("SIGTERM",s);let d=c(r,t.isTTY),g=n.isTTY&&r.TERM!=="dumb"?await i(n,c(r,!0)):l(o=>n.write(o));try{return await p({environment:r,progress:g,signal:a.signal,color:d,width:t.columns??f,print:o=>{t.write(o.endsWith(`
`)?o:`${o}
`)}},e)}finally{process.off("SIGINT",s),process.off("SIGTERM",s)}}function c(r,e){return r.NO_COLOR?!1:r.FORCE_COLOR&&r.FORCE_COLOR!=="0"?!0:e&&r.TERM!=="dumb"}export{m as openTerminal};
