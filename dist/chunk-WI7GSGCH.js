import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a as i,b as c,c as l}from"./chunk-T5IELXUZ.js";var m=100;async function O(o,r,u){let{stdout:e,stderr:n}=process,t=i(),d=a(o,e.isTTY),f=p(n,o)?await l(n,a(o,!0)):c(s=>n.write(s));try{return await u({environment:o,progress:f,signal:t.signal,color:d,width:e.columns||m,print:s=>{e.write(s.endsWith(`
`)?s:`${s}
`)}},r)}finally{t.close()}}function p(o,r){return o.isTTY===!0&&(o.columns??0)>0&&r.TERM!=="dumb"}function a(o,r){return o.NO_COLOR?!1:o.FORCE_COLOR&&o.FORCE_COLOR!=="0"?!0:r&&o.TERM!=="dumb"}export{O as a,p as b,a as c};
