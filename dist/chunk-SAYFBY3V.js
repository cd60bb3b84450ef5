import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a as m}from"./chunk-HDFFTK52.js";import{b as o}from"./chunk-MCXD3TEC.js";import{e as g}from"./chunk-AZNJJI7T.js";var c=g(m(),1);function P(t){return{info:r=>t(`${o(r)}
`),warn:r=>t(`! ${o(r)}
`),output:r=>t(Buffer.from(r).toString("utf8")),start(r){t(`\u2026 ${o(r)}
`);let i=l();return{update(){},done:(e=r)=>t(`\u2713 ${o(e)} (${i()})
`),fail:(e=r)=>t(`\u2717 ${o(e)} (${i()})
`)}}}}async function w(t,r){let{default:i}=await import("./chunk-KNFLJVK2.js"),e=(0,c.createColors)(r),a,p=n=>{a?.stop(),t.write(n)};return{info:n=>p(`${o(n)}
`),warn:n=>p(`${e.yellow("!")} ${o(n)}
`),output:n=>p(n),start(n){a?.stop();let d=l(),f=i({text:o(n),stream:t,color:!1,discardStdin:!1,suffixText:()=>e.dim(d())});a=f.start();let u=(s,$)=>{f.stop(),t.write(`${s} ${o($)} ${e.dim(`(${d()})`)}
`)};return{update(s){f.text=o(s)},done:(s=n)=>u(e.green("\u2713"),s),fail:(s=n)=>u(e.red("\u2717"),s)}}}}function l(){let t=performance.now();return()=>{let r=(performance.now()-t)/1e3;return r<10?`${r.toFixed(1)} s`:r<60?`${Math.round(r)} s`:`${Math.floor(r/60)} min ${String(Math.floor(r%60)).padStart(2,"0")} s`}}export{P as a,w as b};
