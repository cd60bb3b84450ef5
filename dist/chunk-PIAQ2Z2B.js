import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a as d,b as f,c as m}from"./chunk-CYMMV6G4.js";import{c as l,d as a,e as c}from"./chunk-3ULX5WTK.js";var O=100;async function F(r,o,T){let{stdout:n,stderr:e}=process,t=d(),i=l(r),g=p(r,n.isTTY),E=b(e,r)?await m(e,p(r,!0)):f(s=>e.write(s),{runner:i});try{return await T({environment:r,progress:E,signal:t.signal,color:g,width:n.columns||O,print(s){let u=s.endsWith(`
`)?s:`${s}
`;n.write(i?P(u):u)}},o)}finally{t.close()}}function P(r){return/^[{[]/.test(r)?c(r):a(r)}function b(r,o){return r.isTTY===!0&&(r.columns??0)>0&&o.TERM!=="dumb"}function p(r,o){return r.NO_COLOR?!1:r.FORCE_COLOR&&r.FORCE_COLOR!=="0"?!0:o===!0&&r.TERM!=="dumb"}export{F as a,b,p as c};
