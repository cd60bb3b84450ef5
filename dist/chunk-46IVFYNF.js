import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a as g}from"./chunk-HDFFTK52.js";import{e as l}from"./chunk-AZNJJI7T.js";var u=l(g(),1);function m(n){return{info:r=>n(`${r}
`),warn:r=>n(`! ${r}
`),output:r=>n(Buffer.from(r).toString("utf8")),start(r){n(`\u2026 ${r}
`);let s=c();return{update(){},done:(o=r)=>n(`\u2713 ${o} (${s()})
`),fail:(o=r)=>n(`\u2717 ${o} (${s()})
`)}}}}async function S(n,r){let{default:s}=await import("./chunk-KNFLJVK2.js"),o=(0,u.createColors)(r),i,a=t=>{i?.stop(),n.write(t)};return{info:t=>a(`${t}
`),warn:t=>a(`${o.yellow("!")} ${t}
`),output:t=>a(t),start(t){i?.stop();let f=c(),p=s({text:t,stream:n,color:!1,discardStdin:!1,suffixText:()=>o.dim(f())});i=p.start();let d=(e,$)=>{p.stop(),n.write(`${e} ${$} ${o.dim(`(${f()})`)}
`)};return{update(e){p.text=e},done:(e=t)=>d(o.green("\u2713"),e),fail:(e=t)=>d(o.red("\u2717"),e)}}}}function c(){let n=performance.now();return()=>{let r=(performance.now()-n)/1e3;return r<10?`${r.toFixed(1)} s`:r<60?`${Math.round(r)} s`:`${Math.floor(r/60)} min ${String(Math.floor(r%60)).padStart(2,"0")} s`}}export{m as a,S as b};
