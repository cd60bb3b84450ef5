import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a as S}from"./chunk-HDFFTK52.js";import{b as s}from"./chunk-XGE3EXUK.js";import{e as m}from"./chunk-AZNJJI7T.js";var u=["SIGINT","SIGTERM","SIGHUP"];function P(){let t=new AbortController,o=0,e=()=>{for(let i of u)process.off(i,n)};function n(){o+=1,t.abort(),o>=3&&e()}for(let i of u)process.on(i,n);return{signal:t.signal,close:e}}var d=m(S(),1);function I(t){return{info:o=>t(`${s(o)}
`),warn:o=>t(`! ${s(o)}
`),output:o=>t(Buffer.from(o).toString("utf8")),start(o){t(`\u2026 ${s(o)}
`);let e=g();return{update(){},done:(n=o)=>t(`\u2713 ${s(n)} (${e()})
`),fail:(n=o)=>t(`\u2717 ${s(n)} (${e()})
`)}}}}async function T(t,o){let{default:e}=await import("./chunk-KNFLJVK2.js"),n=(0,d.createColors)(o),i,c=r=>{i?.stop(),t.write(r)};return{info:r=>c(`${s(r)}
`),warn:r=>c(`${n.yellow("!")} ${s(r)}
`),output:r=>c(r),start(r){i?.stop();let p=g(),f=e({text:s(r),stream:t,color:!1,discardStdin:!1,suffixText:()=>n.dim(p())});i=f.start();let l=(a,$)=>{f.stop(),t.write(`${a} ${s($)} ${n.dim(`(${p()})`)}
`)};return{update(a){f.text=s(a)},done:(a=r)=>l(n.green("\u2713"),a),fail:(a=r)=>l(n.red("\u2717"),a)}}}}function g(){let t=performance.now();return()=>{let o=(performance.now()-t)/1e3;return o<10?`${o.toFixed(1)} s`:o<60?`${Math.round(o)} s`:`${Math.floor(o/60)} min ${String(Math.floor(o%60)).padStart(2,"0")} s`}}export{P as a,I as b,T as c};
