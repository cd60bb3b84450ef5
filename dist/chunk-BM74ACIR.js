import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
var t=class extends Error{name="UserMistake";problems;constructor(e,o){let r="found"in e?[e]:e;super(r.map(s).join(`
`),o),this.problems=r}};function s(n){let e=[n.file,n.line,n.column].filter(r=>r!==void 0).join(":"),o=e?`${e}: ${n.found}`:n.found;return n.fix?`${o}
    ${n.fix}`:o}function a(n){return n instanceof Error?n.message:String(n)}var c="modelgate",u="0.1.0",i="modelgate/modelgate",l=`https://github.com/${i}`,f=`${l}/issues`;export{t as a,s as b,a as c,c as d,u as e,f};
