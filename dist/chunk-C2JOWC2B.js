import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a as e}from"./chunk-QUYQMMEZ.js";async function i(n){try{return await n()}catch(r){if(r instanceof e&&r.status===404)return;throw r}}export{i as a};
