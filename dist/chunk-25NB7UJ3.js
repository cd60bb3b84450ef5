import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{A as H,B as W,C as te,D as re,E as ne,F as ae,G as oe,H as ie,I as le,J as se,L as me,a as K,b as E,c as N,e as M,f as Z,h as u,i as S,j as T,k as z,l as Q,m as w,n as D,o as L,p as j,q as ee,r as v,t as A,u as P,v as O}from"./chunk-QJGTWYHC.js";import"./chunk-N6AEGLE7.js";import"./chunk-4CFF6YTB.js";import"./chunk-OOEY7GD5.js";import"./chunk-6L74GOOI.js";import"./chunk-AZNJJI7T.js";var q=11,Ue={aria:!1,background:"transparent",font:"sans-serif",view:{stroke:null},axis:{domain:!1,ticks:!1,grid:!0,gridColor:"var(--hair)",gridWidth:1,labelColor:"var(--soft)",labelFontSize:q,titleColor:"var(--soft)",titleFontSize:q,titleFontWeight:"normal"},text:{fontSize:q}},C={level:()=>C,error:()=>C,warn:()=>C,info:()=>C,debug:()=>C};async function de(){let[e,t]=await Promise.all([import("./chunk-E5SYBMHM.js"),import("./chunk-2Y4O5P4E.js")]);return async(r,i)=>{let o=t.compile(r,{config:Ue,logger:C}),a=new e.View(e.parse(o.spec),{renderer:"none",logLevel:e.Error}),l=await a.toSVG();a.finalize();let s=l.replace(/ xmlns(?::xlink)?="[^"]*"/g,"").replace(/ version="1\.1"/,"");return new M(s.replace("<svg",`<svg role="img" aria-label="${N(i)}"`))}}function I(e){return new M(`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${e}</svg>`)}var ce={pass:I('<circle cx="8" cy="8" r="7.5"/><path d="M4.6 8.3l2.3 2.4 4.5-5"/>'),fail:I('<circle cx="8" cy="8" r="7.5"/><path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"/>'),"cannot-measure":I('<circle cx="8" cy="8" r="7.5"/><path d="M6 6.2c.2-2.6 4.2-2.4 4 .1-.1 1.5-2 1.5-2 3M8 11.9v.1"/>'),"not-applicable":I('<circle cx="8" cy="8" r="7.5"/><path d="M5 8h6"/>')},pe=I('<path class="solid" d="M8 .8l7.6 14.4H.4z"/><path d="M8 6v4.2M8 12.4v.1"/>'),Ve='<path d="M14 84V34M14 84h-8M14 84h8"/><circle class="dot" cx="14" cy="34" r="6"/>';function G(e){return new M(`<svg class="gate" viewBox="0 0 112 90" width="112" height="90" aria-hidden="true">${Ve}${e}</svg>`)}var ue={pass:G('<path class="rest" d="M96 84V48"/><path class="boom" d="M14 34L66 5"/>'),fail:G('<path class="rest" d="M96 84V40"/><path class="boom" d="M14 34h90"/><path class="stripe" d="M34 34h12M58 34h12M82 34h12"/>'),"cannot-measure":G('<path class="rest" d="M96 84V40"/><path class="boom dashed" d="M14 34h90"/>'),none:G('<path class="rest" d="M96 84V40"/>')};var n=Z(N),R=500;function c({caption:e,rows:t,columns:r,cards:i}){if(t.length===0)return;let o=t.length-R,a=n`<table class="${i?"cards":"plain"}">
<caption>${e}</caption>
<thead><tr>${r.map(({title:s,kind:d})=>n`<th scope="col" class="${d??"text"}">${s}</th>`)}</tr></thead>
<tbody>
${t.slice(0,R).map((s,d)=>n`<tr>${r.map(m=>je(m,s,d))}</tr>\n`)}</tbody>
</table>`,l=o>0&&n`<p class="soft">${D(o,"more row")} in the evidence.</p>`;return i?n`${a}${l}`:n`<div class="scroll" tabindex="0" role="region" aria-label="${e}">${a}</div>${l}`}function je({title:e,kind:t,cell:r},i,o){let a=r(i,o);return t==="head"?n`<th scope="row">${a}</th>`:n`<td class="${t??"text"}" data-title="${e}">${a}</td>`}function p(e,t,r){let i=n`${r}`;if(i.text!=="")return n`<section id="${e}" aria-labelledby="${e}-title">
<h2 id="${e}-title">${t}</h2>
<div class="body">${i}</div>
</section>
`}function k(e,t){let r=n`${t}`;return r.text===""?void 0:n`<details><summary>${e}</summary><div>${r}</div></details>`}function f(e,t=!1,r){let i=t&&O({outcome:e}),o=r??P[e].word,a=r!==void 0&&n`<span class="hidden">${P[e].word}: </span>`;return n`<span class="outcome ${i?"tolerated":e}">${i?pe:ce[e]}${a}${o}</span>`}var g=n`<span class="none soft">–</span>`;function _(e){return e.length===0?g:n`<ul class="marks">${e.map(t=>n`<li>${f(t.outcome,t.tolerated,t.id)}${t.withinNoise&&n` <small>within noise</small>`}</li>`)}</ul>`}function fe(e){if(e.length!==0)return n`<dl class="facts">${e.map(([t,r])=>n`<div><dt>${t}</dt><dd>${r}</dd></div>`)}</dl>`}var he=`
  --page: #eef1f4; --paper: #ffffff; --ink: #15202b; --soft: #50606f; --hair: #dbe2e8; --shade: #f5f7f9;
  --data: #22589c; --second: #b2580c; --third: #6a4aa5; --barred: #f6dfda; --edge: #b02a1d;
  --pass: #0f6b42; --pass-tint: #dff1e6; --fail: #ac2a1c; --fail-tint: #fae3df;
  --unknown: #7d5000; --unknown-tint: #f9ebcd; --none: #50606f; --none-tint: #e6ebef;`,qe=`
  --page: #0d1217; --paper: #151c23; --ink: #e8edf2; --soft: #a3b2c0; --hair: #2b3742; --shade: #1b242d;
  --data: #7db2f2; --second: #f0a35e; --third: #b9a2f0; --barred: #3d2220; --edge: #ff9483;
  --pass: #74d3a2; --pass-tint: #12301f; --fail: #ff9c8d; --fail-tint: #3c1a16;
  --unknown: #f1bd61; --unknown-tint: #35280c; --none: #a3b2c0; --none-tint: #222d37;`,ge=`
:root { color-scheme: light dark; ${he} }
@media (prefers-color-scheme: dark) { :root { ${qe} } }
@media print { :root { color-scheme: light; ${he} --page: #ffffff; } }
.pass { --tone: var(--pass); --tint: var(--pass-tint); }
.fail { --tone: var(--fail); --tint: var(--fail-tint); }
.cannot-measure, .tolerated { --tone: var(--unknown); --tint: var(--unknown-tint); }
.not-applicable { --tone: var(--none); --tint: var(--none-tint); }
`;var be=`
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; font-variant-numeric: tabular-nums; }
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; padding: 0; }
ul { list-style: none; }
code { font: .875em ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
small { display: block; font-size: .8125rem; line-height: 1.45; font-weight: 400; color: var(--soft); }
.soft { color: var(--soft); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--paper); z-index: 1; }
:focus-visible { outline: 3px solid var(--data); outline-offset: 2px; }

.frame, main, footer { max-width: 74rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 3rem); }
.banner { background: var(--tint); border-top: 6px solid var(--tone); }
.banner .frame { padding-block: clamp(1.75rem, 5vw, 3.5rem) 1.5rem; }
.lead { display: flex; gap: 2rem; justify-content: space-between; align-items: flex-end; }
.model { font-weight: 600; font-size: 1.0625rem; }
.word { margin-left: .75rem; padding: .1rem .6rem; border-radius: 1rem; background: var(--tone); color: var(--tint); font-size: .875rem; }
h1 { margin-top: .6rem; font-size: clamp(1.9rem, 5.2vw, 3.1rem); line-height: 1.08; font-weight: 680; letter-spacing: -.022em;
  color: var(--tone); text-wrap: balance; }
.reason { margin-top: .75rem; max-width: 46rem; font-size: 1.125rem; }
.banner dl { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem; margin-top: clamp(1.25rem, 3vw, 2.25rem); }
.banner dt { font-size: .8125rem; color: var(--soft); }
.banner dd { font-size: .9375rem; font-weight: 550; }

main { padding-block: 0 1rem; background: var(--paper); }
section { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: 2.5rem; padding-block: 2.5rem; }
section + section, .notes + section { border-top: 1px solid var(--hair); }
h2 { font-size: 1.0625rem; line-height: 1.35; font-weight: 650; }
h3 { font-size: .9375rem; font-weight: 650; }
.body { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.75rem; min-width: 0; }
.body > * { min-width: 0; }
.lede { font-size: 1.0625rem; }
.notes { padding-block: 1.5rem; display: grid; gap: .5rem; }
.notes p { padding-left: 1rem; border-left: 3px solid var(--unknown); }
footer { padding-block: 1.25rem 3rem; font-size: .8125rem; color: var(--soft); }

@media (max-width: 52rem) {
  section { grid-template-columns: minmax(0, 1fr); gap: 1.1rem; padding-block: 2rem; }
  h2 { font-size: 1.25rem; }
}
@media (max-width: 34rem) { .lead { flex-direction: column-reverse; align-items: flex-start; gap: 1rem; } .gate { width: 84px; height: 68px; } }
`;var ye=`
.icon { flex: none; width: 1.05em; height: 1.05em; margin-right: .4em; vertical-align: -.14em; fill: none; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
.icon circle, .icon .solid { fill: var(--tone); stroke: none; }
.icon path:not(.solid) { stroke: var(--paper); }
.outcome { color: var(--tone); font-weight: 600; }
.gate { flex: none; fill: none; stroke: var(--tone); stroke-width: 4; stroke-linecap: round; }
.gate .boom { stroke-width: 7; }
.gate .dashed { stroke-dasharray: 2 13; }
.gate .stripe { stroke: var(--tint); stroke-width: 3; stroke-linecap: butt; }
.gate .dot { fill: var(--tone); stroke: none; }

.problems { display: grid; gap: 1.5rem; }
.problems > li { padding-left: 1.1rem; border-left: 4px solid var(--tone); }
.problems .name { font-size: 1.0625rem; }
.problems .name .soft { font-size: .8125rem; }
.problems p.soft { font-size: .875rem; }
.problems ul { margin-top: .4rem; font-size: .9375rem; }
.plain-list { display: grid; gap: .35rem; font-size: .9375rem; }

table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
caption { text-align: left; font-weight: 650; padding-bottom: .5rem; }
th, td { padding: .6rem .9rem .6rem 0; text-align: left; vertical-align: top; border-top: 1px solid var(--hair); }
th:last-child, td:last-child { padding-right: 0; }
thead th { border-top: 0; padding-block: 0 .4rem; font-size: .8125rem; font-weight: 400; color: var(--soft); vertical-align: bottom; }
tbody th { font-weight: 600; }
.cards tbody th { min-width: 9rem; }
.number, .number small { white-space: nowrap; }
ul.marks { min-width: 9.25rem; }
.number { text-align: right; }
.number .why, .number .basis { white-space: normal; min-width: 9rem; }
td.chart { width: 18.5rem; padding: .45rem .5rem 0 0; }
.value { font-size: 1.125rem; }
.scroll { position: relative; overflow-x: auto; }
.plain { overflow-wrap: break-word; }
.plain td.text { min-width: 8rem; }
.marks li + li { margin-top: .15rem; }

svg.marks { display: block; overflow: visible; max-width: none; }
svg.marks text { font-family: inherit; font-variant-numeric: tabular-nums; }
.legend { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .45rem; font-size: .8125rem; color: var(--soft); }
.key { display: inline-block; margin-left: .9rem; }
.key:first-child { margin-left: 0; }
.key.dot { width: 11px; height: 11px; border-radius: 50%; background: var(--data); }
.key.bar { width: 26px; height: 7px; border-radius: 4px; background: var(--data); opacity: .32; }
.key.diamond { width: 9px; height: 9px; border: 1.5px solid var(--ink); transform: rotate(45deg); }
.key.barred { width: 22px; height: 14px; background: var(--barred); border-right: 1.5px dashed var(--edge); }
.pair { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 1rem 2.5rem; align-items: start; }
.pair > * { min-width: 0; }
.pair figcaption { grid-column: 1 / -1; font-size: .8125rem; color: var(--soft); }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: 1.75rem; }
.panels figcaption { margin-bottom: .4rem; font-size: .875rem; }
.line { margin-right: 1rem; }
.line::before { content: ""; display: inline-block; width: 1.5rem; margin-right: .45rem; vertical-align: .28em; border-top: 2.5px solid var(--data); }
.line-1::before { border-top: 2.5px dashed var(--second); }
.line-2::before { border-top: 2.5px dotted var(--third); }
.line-3::before { border-top: 2.5px dashed var(--soft); }

.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: .6rem 2rem; margin-top: .6rem; font-size: .9375rem; }
.facts dt { font-size: .8125rem; color: var(--soft); }
details { border-top: 1px solid var(--hair); }
details + details { margin-top: -1.75rem; }
details:last-child { border-bottom: 1px solid var(--hair); }
summary { padding-block: .7rem; cursor: pointer; font-weight: 600; font-size: .9375rem; }
details > div { padding-block: .5rem 1.25rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
details > div > * { min-width: 0; }

@media (max-width: 72rem) {
  .cards, .cards tbody, .cards tr, .cards th, .cards td, .cards caption { display: block; }
  .cards thead, .cards td:has(.none), .cards td.chart:empty { display: none; }
  .cards tr { position: relative; padding-block: .9rem; border-top: 1px solid var(--hair); }
  .cards th, .cards td { border: 0; padding: .15rem 0; text-align: left; width: auto; }
  .cards tbody th { font-size: 1.0625rem; padding-bottom: .3rem; }
  .cards td:not(.chart) { position: relative; padding-left: 7.5rem; min-height: 1.85em; }
  .cards td:not(.chart)::before { content: attr(data-title); position: absolute; left: 0; width: 7rem; color: var(--soft); font-size: .8125rem; line-height: 1.85; }
  .cards td.chart { padding: .6rem 0 .3rem; margin-left: -12px; }
  .cards .number, .cards .number small { white-space: normal; }
}
@media (min-width: 40rem) and (max-width: 72rem) {
  .cards tr:has(td.chart svg) { padding-right: 20rem; min-height: 5.5rem; }
  .cards td.chart { position: absolute; right: 0; top: .9rem; margin: 0; }
}
.pair.tall { grid-template-columns: minmax(0, 1fr); }
@media (max-width: 46rem) { .pair { grid-template-columns: minmax(0, 1fr); } }
`;var ve=`
@media print {
  @page { margin: 16mm 14mm; }
  body { font-size: 10pt; }
  .frame, main, footer { padding-inline: 0; max-width: none; }
  .banner { background: none; border: 0; border-left: 6px solid var(--tone); padding-left: 1rem; }
  .banner .frame { padding-block: 0 .5rem; }
  .word { color: var(--tone); background: none; border: 1px solid var(--tone); }
  .gate .stripe { stroke: #ffffff; }
  section, .body, .problems, details > div { display: block; }
  section { padding-block: 1.1rem; }
  h2, .body > * + *, .problems > * + *, details > div > * + * { margin-top: .9rem; }
  h2 { margin-bottom: .6rem; }
  h2, h3, caption, summary { break-after: avoid; }
  tr, figure, .problems > li, .run { break-inside: avoid; }
  .scroll { overflow: visible; }
  .plain { overflow-wrap: anywhere; }
  .plain td.text { min-width: 0; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; opacity: 1; }
  summary { list-style: none; }
  .icon, .gate, svg.marks, .key, .line { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .skip { display: none; }
  main { padding-block: 0; }
  footer { padding-block: .5rem 0; }
}
`;var Ye="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";function ke(e,t,r){let{headline:i,lineage:o}=e,a=new M(`<style>${ge}${be}${ye}${ve}</style>`);return n`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${Ye}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${i.model}: ${i.title}</title>
<link rel="icon" href="data:,">
${a}
</head>
<body>
<a class="skip" href="#report">To the report</a>
${t}<main id="report">
${r}</main>
<footer>${o.tool?n`Written by ${o.tool} from the evidence of this run.`:"There is no evidence in this run."}</footer>
</body>
</html>
`.text}function $e({ruleChanges:e,promiseChanges:t,proposed:r}){return p("changes","What changes",[e&&we("Changed rules",e),t&&we("Changed contracts and test sets",t),r&&Je(r)])}function we(e,t){let r=`${e}: ${t.counts}`,i=c({caption:r,rows:t.rows,cards:!0,columns:[{title:"What",kind:"head",cell:({name:a,file:l})=>n`${a}${l!==""&&n`<small>${l}</small>`}`},{title:"Change",cell:({change:a})=>re(a)},{title:"Before",cell:({before:a})=>a??g},{title:"After",cell:({after:a})=>a??g}]}),o=n`<p class="soft">${t.note}</p>`;return t.weaker?n`<div>${i}${o}</div>`:k(r,[i,o])}function Je({outcome:e,reason:t,testSet:r,rows:i}){let o=r!==void 0&&n` <code>${v(r)}</code>`;return n`<div><h3>The test set as this change has it${o}</h3>
<p>${f(e)} ${t}</p>
${c({caption:"The candidate on both versions",rows:i,cards:!0,columns:[{title:"Metric",kind:"head",cell:({title:a,direction:l,qualifier:s})=>n`${a}<small>${[l&&H[l],s].filter(Boolean).join("; ")}</small>`},{title:"On the base\u2019s",kind:"number",cell:({decides:a})=>u(a)},{title:"On this one",kind:"number",cell:({proposed:a})=>u(a)},{title:"Difference",kind:"number",cell:({difference:a})=>T(a)}]})}<p class="soft">${ne}</p></div>`}var xe=30,Ke=210,Ze=24,Qe=66,et=14,tt=.5;function Me(e,{classes:t,counts:r}){let i=Math.max(Ze,Math.min(Qe,Math.floor(Ke/t.length))),o=t.map(m=>E(K(m),et)),a=r.flatMap((m,b)=>{let y=m.reduce(($,h)=>$+h,0);return m.map(($,h)=>({truth:b,predicted:h,count:$,share:y===0||$===0?0:$/y,right:b===h}))}),l=o.some(m=>m.length*6.5>i),s={type:"ordinal",sort:null,scale:{paddingInner:.06,paddingOuter:0}},d={grid:!1,labelExpr:"names[datum.value]",labelPadding:6,labelLimit:100,titlePadding:8};return e({params:[{name:"names",value:o}],width:i*t.length,height:i*t.length,padding:2,data:{values:a},encoding:{x:{...s,field:"predicted",axis:{...d,orient:"top",title:"predicted",labelAngle:l?-40:0,labelOverlap:!1}},y:{...s,field:"truth",axis:{...d,title:"true",labelOverlap:!1}}},layer:[{mark:{type:"rect",cornerRadius:3,stroke:"var(--hair)",strokeWidth:1},encoding:{fill:{condition:{test:"datum.right",value:"var(--data)"},value:"var(--fail)"},fillOpacity:{condition:{test:"datum.count === 0",value:0},field:"share",type:"quantitative",scale:{domain:[0,1],range:[.06,tt]},legend:null}}},{mark:{type:"text",baseline:"middle",fontSize:i<34?10:14},encoding:{text:{field:"count",type:"quantitative"},fill:{value:"var(--ink)"}}}]},`Confusion matrix of ${D(t.length,"class","classes")}: true classes down, predicted ones across`)}var rt=5;async function Se({confusion:e},t){if(e===void 0)return;let{classes:r,counts:i}=e,o=r.map((a,l)=>({name:a,row:i[l]??[]}));return r.length>xe?p("confusion","Confusion",[n`<p>A matrix of ${D(r.length,"class","classes")} is in the evidence; it is too large to draw.</p>`]):p("confusion","Confusion",[n`<figure class="${r.length>rt?"pair tall":"pair"}"><div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix, drawn">${await Me(t,e)}</div>
${c({caption:"Rows of each true class by predicted class",rows:o,columns:[{title:"true",kind:"head",cell:({name:a})=>a},...r.map((a,l)=>({title:a,kind:"number",cell:({row:s})=>w(s[l]??0)})),{title:"all",kind:"number",cell:({row:a})=>w(a.reduce((l,s)=>l+s,0))}]})}<figcaption>A cell is the darker, the larger its share of the true class: blue where it is right, red where it is wrong.</figcaption></figure>`])}var Te=120,Y=12;function De(e,t,r){return e({width:Te,height:Y,padding:0,autosize:"none",data:{values:[{share:t}]},layer:[{mark:{type:"rect",x:0,x2:Te,y:0,y2:Y,cornerRadius:2,color:"var(--barred)"}},{mark:{type:"rect",color:"var(--fail)",cornerRadius:2,y:0,y2:Y},encoding:{x:{field:"share",type:"quantitative",scale:{domain:[0,r],nice:!1},axis:null},x2:{datum:0}}}]},`${z(t)} of the rows`)}async function Oe({data:e},t){if(e===void 0)return;let r=e.findings.slice(0,R),i=Math.max(...r.map(({share:l})=>l)),o=await Promise.all(r.map(({share:l})=>l>0?De(t,l,i):void 0)),a=e.datasets.flatMap(({name:l,notChecked:s})=>s.map(d=>({name:l,part:d})));return p("data","Data",[n`<p class="lede">${f(e.outcome,!1,se(e))}</p>`,c({caption:"Checks that did not pass",rows:e.findings,cards:!0,columns:[{title:"Check",kind:"head",cell:({outcome:l,tolerated:s,title:d,dataset:m})=>n`${f(l,s,d)}<small>${m||"between data sets"}${s&&n`, warning only`}</small>`},{title:"Rows",cell:(l,s)=>l.count===0?g:n`${o[s]} <small title="${z(l.share)}">${le(l)}</small>`},{title:"What was found",cell:({reason:l,examples:s})=>n`${l}${s.length>0&&n`<small>${s.join(" \xB7 ")}</small>`}`}]}),c({caption:"Data sets",rows:e.datasets,columns:[{title:"Data set",kind:"head",cell:({name:l,path:s})=>n`${l}<small>${s}</small>`},{title:"Contents",cell:({facts:l})=>l},{title:"Contract",cell:({contract:l})=>l},{title:"Checks",cell:({outcome:l,passed:s,checks:d})=>f(l,!1,`${s} of ${d} pass`)},{title:"sha256",cell:({sha256:l})=>n`<code>${v(l)}</code>`}]}),a.length>0&&n`<ul class="plain-list">${a.map(({name:l,part:s})=>n`<li>Not checked in <b>${l}</b>: ${s}</li>`)}</ul>`])}function Ce({controls:e,waivers:t}){return p("governance","Governance",[c({caption:"Controls",rows:e,cards:!0,columns:[{title:"Control",kind:"head",cell:({id:r,outcome:i,waived:o,text:a})=>n`${f(i,o,r)}${o&&n` waived`}<small>${a}</small>`},{title:"Finding",cell:({reason:r})=>r},{title:"Evidence",cell:({evidence:r})=>r?n`${r.path}<small><code>${v(r.sha256)}</code></small>`:g}]}),c({caption:"Waivers",rows:t,cards:!0,columns:[{title:"Waives",kind:"head",cell:({waives:r})=>r},{title:"State",cell:({active:r,note:i,expires:o})=>n`${r?"holds":n`<b>does not hold</b>`} until ${o}${i!==""&&n`<small>${i}</small>`}`},{title:"Reason",cell:({reason:r})=>r},{title:"Who",cell:({author:r,approver:i})=>n`approved by ${i}<small>asked by ${r}</small>`}]})])}function Re({cost:e}){if(e===void 0)return;let t=e.gpuMinutes===void 0?"":`, ${j(e.gpuMinutes)} GPU minutes`;return k("Cost",[c({caption:`What each stage took: ${L(e.seconds)} together${t}`,rows:e.rows,columns:[{title:"Stage",kind:"head",cell:({stage:r})=>W[r]},{title:"Duration",kind:"number",cell:({seconds:r})=>L(r)},{title:"Accelerators",cell:({accelerators:r})=>r||g},{title:"GPU minutes",kind:"number",cell:({gpuMinutes:r})=>r===void 0?g:j(r)}]}),t!==""&&n`<p class="soft">GPU minutes are the accelerators of the machine times the duration of the stage.</p>`])}function Le(e){let{absent:t,budget:r}=e,{documents:i,files:o,config:a,tool:l}=e.lineage;return p("lineage","Lineage",[r!==""&&n`<p>${r}</p>`,t.length>0&&n`<ul class="plain-list">${t.map(s=>n`<li>${s}</li>`)}</ul>`,k("Evidence documents",[c({caption:"Documents, and the ones that each was built on",rows:i,columns:[{title:"Evidence",kind:"head",cell:({kind:s})=>W[s]},{title:"Outcome",cell:({outcome:s})=>f(s)},{title:"sha256",cell:({digest:s})=>n`<code>${v(s)}</code>`},{title:"Built on",cell:({parents:s})=>s.length===0?"\u2013":s.map(({kind:d,sha256:m})=>n`${d} <code>${v(m)}</code><br>`)},{title:"Written",cell:({created:s})=>A(s)},{title:"Took",kind:"number",cell:({seconds:s})=>L(s)}]}),a!==void 0&&n`<p class="soft">modelgate.yml <code>${v(a)}</code>, read by ${l}</p>`]),k("Files",[c({caption:"Files that the numbers came from",rows:o,columns:[{title:"File",kind:"head",cell:({role:s})=>s},{title:"Path",cell:({path:s})=>s},{title:"sha256",cell:({sha256:s})=>n`<code>${v(s)}</code>`},{title:"Size",kind:"number",cell:({size:s})=>s===void 0?"\u2013":ee(s)}]})]),Re(e)])}var nt=264,F=26,at=16,Pe=12,ot=.08;function B(e){let t=e.flatMap(({value:a,interval:l,baseline:s,lines:d})=>[a,l?.low,l?.high,s,...d.flatMap(({low:m,high:b})=>[m,b])].filter(m=>typeof m=="number")),r=Math.min(...t),i=Math.max(...t);if(t.length===0)return[0,1];let o=(i-r||Math.abs(i)||1)*ot;return[r>=0?Math.max(0,r-o):r-o,i<=1?Math.min(1,i+o):i+o]}async function X(e,t,r){let{value:i,interval:o,baseline:a,lines:l,title:s,open:d}=t,m={type:"quantitative",scale:{domain:[...r],nice:!1,zero:!1},title:null},b=l.flatMap(({low:h,high:x})=>[...h===void 0?[]:[{from:r[0],to:h,edge:h}],...x===void 0?[]:[{from:x,to:r[1],edge:x}]]),y=d?"var(--fail)":"var(--data)",$=[`${s}: ${u(i)}`,o&&`interval ${S(o)}`,a!==null&&`baseline ${u(a)}`,...l.map(({low:h,high:x})=>`allowed ${h===void 0?"at most":"at least"} ${u(h??x??null)}`)].filter(Boolean);return e({width:nt,height:F,padding:{left:Pe,right:Pe,top:0,bottom:at},autosize:"none",layer:[{data:{values:b},mark:{type:"rect",color:"var(--barred)"},encoding:{x:{...m,field:"from",axis:{tickCount:4,labelPadding:3,labelFlush:!1}},x2:{field:"to"}}},{data:{values:b},mark:{type:"rule",color:"var(--edge)",strokeWidth:1.5,strokeDash:[3,2]},encoding:{x:{...m,field:"edge"}}},{data:{values:o?[{low:o.low,high:o.high}]:[]},mark:{type:"rule",color:y,strokeWidth:7,opacity:.32,strokeCap:"round",y:F/2},encoding:{x:{...m,field:"low"},x2:{field:"high"}}},{data:{values:a===null?[]:[{baseline:a}]},mark:{type:"point",shape:"diamond",size:75,y:F/2,fill:"var(--paper)",stroke:"var(--ink)",strokeWidth:1.5,opacity:1},encoding:{x:{...m,field:"baseline"}}},{data:{values:i===null?[]:[{value:i}]},mark:{type:"circle",size:90,color:y,opacity:1,y:F/2,stroke:"var(--paper)",strokeWidth:1.5},encoding:{x:{...m,field:"value"}}}]},$.join(", "))}function U(e,t){return n`<p class="legend" aria-hidden="true"><span class="key dot"></span>${e} <span class="key bar"></span>interval ${t!==!1&&n`<span class="key diamond"></span>${t} `}<span class="key barred"></span>not allowed by a rule</p>`}async function Ie({metrics:e,baselines:t},r){let i=e.slice(0,R).map(it),o=await Promise.all(i.map(l=>X(r,l,B([l])))),a=e.some(({baseline:l})=>l!==null);return p("metrics","Metrics",[c({caption:"The candidate on the whole test set",rows:e,cards:!0,columns:[{title:"Metric",kind:"head",cell:lt},{title:"Candidate",kind:"number",cell:st},{title:"On its scale",kind:"chart",cell:({value:l},s)=>l!==null&&o[s]},...a?[{title:"To the baseline",kind:"number",cell:mt}]:[],{title:"Rules",cell:({marks:l})=>_(l)}]}),e.length>0&&U("candidate",a&&"baseline"),t.length>0&&n`<ul class="plain-list">${t.map(l=>n`<li>Baseline <b>${l.name}</b> (${te[l.state]}): ${oe(l)}</li>`)}</ul>`])}function it({title:e,value:t,interval:r,baseline:i,lines:o,marks:a}){return{title:e,value:t,interval:r,baseline:i,lines:o,open:a.some(O)}}function lt({title:e,qualifier:t,direction:r,reported:i}){let o=[r&&H[r],t,i&&"reported by the user\u2019s script"];return n`${e}<small>${o.filter(Boolean).join("; ")}</small>`}function st({value:e,interval:t,n:r,reason:i}){if(e===null)return n`<b class="value">–</b><small class="why">${i}</small>`;let o=t&&n`<small>${S(t)}</small>`,a=[t&&`${Q(t.level)} ${t.method}`,`n ${w(r)}`].filter(Boolean);return n`<b class="value">${u(e)}</b>${o}<small class="basis">${a.join(", ")}</small>`}function mt({baseline:e,difference:t,differenceInterval:r}){if(e===null)return g;let i=r&&n`<small>${S(r)}</small>`;return n`${T(t)}${i}<small>baseline ${u(e)}</small>`}var Ee=12;function Ne({headline:e,join:t,lineage:r,judging:i}){let{outcome:o,blocks:a,model:l,title:s,reason:d,commit:m,mode:b,rules:y}=e,$=o===void 0?"not-applicable":o==="pass"||a?o:"tolerated",h=r.documents.at(-1)?.created,x=[["Rules",y],["Test set",t],["Commit",m],["Mode",b],["Judged by",i&&!i.bootstrap?i.sentence:""],["Written",h===void 0?"":A(h)]].filter(([,V])=>V!=="");return n`<header class="banner ${$}">
<div class="frame">
<div class="lead">
<div>
<p class="model">${l}<span class="word">${o?P[o].word:"no verdict"}</span></p>
<h1>${s}</h1>
<p class="reason">${d}</p>
</div>
${ue[o??"none"]}
</div>
<dl>${x.map(([V,Xe])=>n`<div><dt>${V}</dt><dd>${Xe}</dd></div>`)}</dl>
</div>
</header>
`}function ze({notes:e,judging:t}){let r=t?.bootstrap&&n`<p><b>${t.sentence}</b></p>`;return e.length===0&&!r?void 0:n`<div class="notes" role="note">${r}${e.map(i=>n`<p>${i}</p>`)}</div>\n`}function Ae({problems:e}){return p("problems","What did not pass",[e.length>0&&n`<ul class="problems">${e.map(dt)}</ul>`])}function dt(e){let{kind:t,id:r,outcome:i,tolerated:o,tolerance:a,text:l,reason:s,cases:d,place:m}=e,b=d.length-Ee;return n`<li class="${o?"tolerated":i}">
<p class="name">${f(i,o,r)} <span class="soft">${[t,a].filter(Boolean).join(", ")}</span></p>
<p>${s}</p>
${l!==""&&n`<p class="soft">${l}${m&&n` · <span class="place">${m.file}:${m.line}</span>`}</p>`}
${d.length>0&&n`<ul>${d.slice(0,Ee).map(y=>n`<li>${f(y.outcome,o,y.slice)} ${y.reason}</li>`)}${b>0&&n`<li>and ${b} more</li>`}</ul>`}</li>
`}var J=24;async function We({slices:e,worstSlice:t},r){let i=[...new Set(e.map(({metric:a})=>a))],o=await Promise.all(i.map(a=>ct(e.filter(({metric:l})=>l===a),r)));return p("slices","Slices",[t!==void 0&&n`<p class="lede">${t}</p>`,...o,o.length>0&&U("slice","all rows")])}async function ct(e,t){let r=e[0]?.title??"",i=e.slice(0,J).map(pt),o=B(i),a=await Promise.all(i.map(s=>X(t,s,o))),l=e.slice(J);return n`${He(`${r} by slice`,e.slice(0,J),a)}${k(`${w(l.length)} more slices`,[He(`${r} by slice, continued`,l,[])])}`}function pt({column:e,value:t,score:r,interval:i,overall:o,lines:a,marks:l}){return{title:ie({column:e,value:t}),value:r,interval:i,baseline:o,lines:a,open:l.some(O)}}function He(e,t,r){return c({caption:e,rows:t,cards:!0,columns:[{title:"Slice",kind:"head",cell:({column:o,value:a})=>n`<span class="soft">${o}</span> ${a}`},{title:"Rows",kind:"number",cell:({n:o})=>w(o)},{title:"Value",kind:"number",cell:ut},{title:"Interval",kind:"chart",cell:({score:o},a)=>o!==null&&r[a]},{title:"Against all",kind:"number",cell:ft},{title:"Rules",cell:({marks:o})=>_(o)}].filter(({title:o})=>o!=="Interval"||r.length>0)})}function ut({score:e,interval:t,reason:r}){return e===null?n`–<small class="why">${r}</small>`:n`<b>${u(e)}</b>${t&&n`<small>${S(t)}</small>`}`}function ft({score:e,overall:t}){return T(e===null||t===null?null:e-t)}var ht=250,gt=130,Ge=[{colour:"var(--data)",dash:[1,0]},{colour:"var(--second)",dash:[6,3]},{colour:"var(--third)",dash:[2,3]},{colour:"var(--soft)",dash:[8,3,2,3]}],_e=Ge.length;function Fe(e,t){let r=t.map((o,a)=>a),i=Ge.slice(0,t.length);return e({width:ht,height:gt,padding:4,data:{values:t.flatMap(({points:o},a)=>o.map(l=>({...l,line:a})))},mark:{type:"line",strokeWidth:2,strokeJoin:"round",point:t.every(({points:o})=>o.length<3)},encoding:{x:{field:"step",type:"quantitative",scale:{zero:!1,nice:!1},axis:{title:"step",grid:!1,tickCount:5,domain:!0,domainColor:"var(--hair)"}},y:{field:"value",type:"quantitative",scale:{zero:!1},axis:{title:null,tickCount:4}},color:{field:"line",type:"nominal",scale:{domain:r,range:i.map(({colour:o})=>o)},legend:null},strokeDash:{field:"line",type:"nominal",scale:{domain:r,range:i.map(({dash:o})=>[...o])},legend:null}}},`${t.map(({name:o})=>E(o,40)).join(" and ")} over the steps of the training`)}var bt=12;async function Be({runs:e,history:t},r){let i=ae(t,_e).slice(0,bt),o=await Promise.all(i.map(async a=>yt(a,await Fe(r,a))));return p("training","Training",[...e.map(({title:a,outcome:l,reason:s,facts:d})=>n`<div class="run"><h3>${a}</h3><p>${f(l)} ${s}</p>${fe(d)}</div>`),o.length>0&&n`<div class="panels">${o}</div>`,k("History in numbers",[c({caption:"First, last and extreme values of each line",rows:t,columns:[{title:"Line",kind:"head",cell:({name:a})=>a},{title:"Steps",kind:"number",cell:({points:a})=>w(a.length)},{title:"First",kind:"number",cell:({points:a})=>u(a[0]?.value??null)},{title:"Last",kind:"number",cell:({points:a})=>u(a.at(-1)?.value??null)},{title:"Lowest",kind:"number",cell:({best:a})=>u(a.low)},{title:"Highest",kind:"number",cell:({best:a})=>u(a.high)}]})])])}function yt(e,t){return n`<figure><figcaption>${e.map(({name:r},i)=>n`<span class="line line-${i}">${r}</span> `)}</figcaption>${t}</figure>`}async function on(e){let t=me(e),r=await de(),i=await Promise.all([ze(t),Ae(t),$e(t),Ie(t,r),We(t,r),Se(t,r),Oe(t,r),Ce(t),Be(t,r),Le(t)]);return ke(t,Ne(t),i)}export{on as renderHtml};
