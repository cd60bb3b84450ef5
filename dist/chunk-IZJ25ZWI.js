import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
async function i(t,r){try{return await r()}catch(e){throw t.fail(),e}}var o={update(){},done(){},fail(){}},n={info(){},warn(){},output(){},start:()=>o};export{i as a,n as b};
