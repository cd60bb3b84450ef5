import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
var e="modelgate",s="0.1.0",t="modelgate/modelgate",o=`https://github.com/${t}`,R=`${o}/issues`;export{e as a,s as b,t as c,o as d,R as e};
