import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a as i,b as c,c as l}from"./chunk-T5IELXUZ.js";var m=100;async function O(r,o,a){let{stdout:e,stderr:n}=process,t=i(),d=u(r,e.isTTY),f=p(n,r)?await l(n,u(r,!0)):c(s=>n.write(s));try{return await a({environment:r,progress:f,signal:t.signal,color:d,width:e.columns||m,print:s=>{e.write(s.endsWith(`
`)?s:`${s}
`)}},o)}finally{t.close()}}function p(r,o){return r.isTTY===!0&&(r.columns??0)>0&&o.TERM!=="dumb"}function u(r,o){return r.NO_COLOR?!1:r.FORCE_COLOR&&r.FORCE_COLOR!=="0"?!0:o===!0&&r.TERM!=="dumb"}export{O as a,p as b,u as c};
