import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a as e}from"./chunk-OLU2ABSD.js";import"./chunk-AZNJJI7T.js";import{parentPort as o}from"node:worker_threads";o?.on("message",t=>{let s=r=>o?.postMessage(r);e(t).then(r=>s({hash:r}),r=>s({fault:r}))});
