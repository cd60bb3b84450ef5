import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{A as te,B as re,C as ae,E as ne,a as V,b as z,c as P,e as $,f as q,h as u,i as x,j as I,k as E,l as Y,m as v,n as T,o as J,p as K,q as k,r as A,s as C,t as D,x as Z,y as Q,z as ee}from"./chunk-YZP5TEDS.js";import"./chunk-33VCYCPV.js";import"./chunk-4CFF6YTB.js";import"./chunk-VOCV2UZV.js";import"./chunk-AZNJJI7T.js";var j=11,Ae={aria:!1,background:"transparent",font:"sans-serif",view:{stroke:null},axis:{domain:!1,ticks:!1,grid:!0,gridColor:"var(--hair)",gridWidth:1,labelColor:"var(--soft)",labelFontSize:j,titleColor:"var(--soft)",titleFontSize:j,titleFontWeight:"normal"},text:{fontSize:j}},R={level:()=>R,error:()=>R,warn:()=>R,info:()=>R,debug:()=>R};async function oe(){let[t,e]=await Promise.all([import("./chunk-E5SYBMHM.js"),import("./chunk-2Y4O5P4E.js")]);return async(r,n)=>{let o=e.compile(r,{config:Ae,logger:R}),i=new t.View(t.parse(o.spec),{renderer:"none",logLevel:t.Error}),l=await i.toSVG();i.finalize();let s=l.replace(/ xmlns(?::xlink)?="[^"]*"/g,"").replace(/ version="1\.1"/,"");return new $(s.replace("<svg",`<svg role="img" aria-label="${P(n)}"`))}}function L(t){return new $(`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${t}</svg>`)}var ie={pass:L('<circle cx="8" cy="8" r="7.5"/><path d="M4.6 8.3l2.3 2.4 4.5-5"/>'),fail:L('<circle cx="8" cy="8" r="7.5"/><path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"/>'),"cannot-measure":L('<circle cx="8" cy="8" r="7.5"/><path d="M6 6.2c.2-2.6 4.2-2.4 4 .1-.1 1.5-2 1.5-2 3M8 11.9v.1"/>'),"not-applicable":L('<circle cx="8" cy="8" r="7.5"/><path d="M5 8h6"/>')},le=L('<path class="solid" d="M8 .8l7.6 14.4H.4z"/><path d="M8 6v4.2M8 12.4v.1"/>'),Ne='<path d="M14 84V34M14 84h-8M14 84h8"/><circle class="dot" cx="14" cy="34" r="6"/>';function N(t){return new $(`<svg class="gate" viewBox="0 0 112 90" width="112" height="90" aria-hidden="true">${Ne}${t}</svg>`)}var se={pass:N('<path class="rest" d="M96 84V48"/><path class="boom" d="M14 34L66 5"/>'),fail:N('<path class="rest" d="M96 84V40"/><path class="boom" d="M14 34h90"/><path class="stripe" d="M34 34h12M58 34h12M82 34h12"/>'),"cannot-measure":N('<path class="rest" d="M96 84V40"/><path class="boom dashed" d="M14 34h90"/>'),none:N('<path class="rest" d="M96 84V40"/>')};var a=q(P),O=500;function c({caption:t,rows:e,columns:r,cards:n}){if(e.length===0)return;let o=e.length-O,i=a`<table class="${n?"cards":"plain"}">
<caption>${t}</caption>
<thead><tr>${r.map(({title:s,kind:m})=>a`<th scope="col" class="${m??"text"}">${s}</th>`)}</tr></thead>
<tbody>
${e.slice(0,O).map((s,m)=>a`<tr>${r.map(d=>He(d,s,m))}</tr>\n`)}</tbody>
</table>`,l=o>0&&a`<p class="soft">${T(o,"more row")} in the evidence.</p>`;return n?a`${i}${l}`:a`<div class="scroll" tabindex="0" role="region" aria-label="${t}">${i}</div>${l}`}function He({title:t,kind:e,cell:r},n,o){let i=r(n,o);return e==="head"?a`<th scope="row">${i}</th>`:a`<td class="${e??"text"}" data-title="${t}">${i}</td>`}function p(t,e,r){let n=a`${r}`;if(n.text!=="")return a`<section id="${t}" aria-labelledby="${t}-title">
<h2 id="${t}-title">${e}</h2>
<div class="body">${n}</div>
</section>
`}function M(t,e){let r=a`${e}`;return r.text===""?void 0:a`<details><summary>${t}</summary><div>${r}</div></details>`}function f(t,e=!1,r){let n=e&&D({outcome:t}),o=r??C[t].word,i=r!==void 0&&a`<span class="hidden">${C[t].word}: </span>`;return a`<span class="outcome ${n?"tolerated":t}">${n?le:ie[t]}${i}${o}</span>`}var S=a`<span class="none soft">–</span>`;function H(t){return t.length===0?S:a`<ul class="marks">${t.map(e=>a`<li>${f(e.outcome,e.tolerated,e.id)}${e.withinNoise&&a` <small>within noise</small>`}</li>`)}</ul>`}function me(t){if(t.length!==0)return a`<dl class="facts">${t.map(([e,r])=>a`<div><dt>${e}</dt><dd>${r}</dd></div>`)}</dl>`}var de=`
  --page: #eef1f4; --paper: #ffffff; --ink: #15202b; --soft: #50606f; --hair: #dbe2e8; --shade: #f5f7f9;
  --data: #22589c; --second: #b2580c; --third: #6a4aa5; --barred: #f6dfda; --edge: #b02a1d;
  --pass: #0f6b42; --pass-tint: #dff1e6; --fail: #ac2a1c; --fail-tint: #fae3df;
  --unknown: #7d5000; --unknown-tint: #f9ebcd; --none: #50606f; --none-tint: #e6ebef;`,We=`
  --page: #0d1217; --paper: #151c23; --ink: #e8edf2; --soft: #a3b2c0; --hair: #2b3742; --shade: #1b242d;
  --data: #7db2f2; --second: #f0a35e; --third: #b9a2f0; --barred: #3d2220; --edge: #ff9483;
  --pass: #74d3a2; --pass-tint: #12301f; --fail: #ff9c8d; --fail-tint: #3c1a16;
  --unknown: #f1bd61; --unknown-tint: #35280c; --none: #a3b2c0; --none-tint: #222d37;`,ce=`
:root { color-scheme: light dark; ${de} }
@media (prefers-color-scheme: dark) { :root { ${We} } }
@media print { :root { color-scheme: light; ${de} --page: #ffffff; } }
.pass { --tone: var(--pass); --tint: var(--pass-tint); }
.fail { --tone: var(--fail); --tint: var(--fail-tint); }
.cannot-measure, .tolerated { --tone: var(--unknown); --tint: var(--unknown-tint); }
.not-applicable { --tone: var(--none); --tint: var(--none-tint); }
`;var pe=`
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
`;var ue=`
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
`;var fe=`
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
`;var _e="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";function he(t,e,r){let{headline:n,lineage:o}=t,i=new $(`<style>${ce}${pe}${ue}${fe}</style>`);return a`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${_e}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${n.model}: ${n.title}</title>
<link rel="icon" href="data:,">
${i}
</head>
<body>
<a class="skip" href="#report">To the report</a>
${e}<main id="report">
${r}</main>
<footer>${o.tool?a`Written by ${o.tool} from the evidence of this run.`:"There is no evidence in this run."}</footer>
</body>
</html>
`.text}var ge=30,Ge=210,Fe=24,Be=66,je=14,Xe=.5;function be(t,{classes:e,counts:r}){let n=Math.max(Fe,Math.min(Be,Math.floor(Ge/e.length))),o=e.map(d=>z(V(d),je)),i=r.flatMap((d,g)=>{let b=d.reduce((y,h)=>y+h,0);return d.map((y,h)=>({truth:g,predicted:h,count:y,share:b===0||y===0?0:y/b,right:g===h}))}),l=o.some(d=>d.length*6.5>n),s={type:"ordinal",sort:null,scale:{paddingInner:.06,paddingOuter:0}},m={grid:!1,labelExpr:"names[datum.value]",labelPadding:6,labelLimit:100,titlePadding:8};return t({params:[{name:"names",value:o}],width:n*e.length,height:n*e.length,padding:2,data:{values:i},encoding:{x:{...s,field:"predicted",axis:{...m,orient:"top",title:"predicted",labelAngle:l?-40:0,labelOverlap:!1}},y:{...s,field:"truth",axis:{...m,title:"true",labelOverlap:!1}}},layer:[{mark:{type:"rect",cornerRadius:3,stroke:"var(--hair)",strokeWidth:1},encoding:{fill:{condition:{test:"datum.right",value:"var(--data)"},value:"var(--fail)"},fillOpacity:{condition:{test:"datum.count === 0",value:0},field:"share",type:"quantitative",scale:{domain:[0,1],range:[.06,Xe]},legend:null}}},{mark:{type:"text",baseline:"middle",fontSize:n<34?10:14},encoding:{text:{field:"count",type:"quantitative"},fill:{value:"var(--ink)"}}}]},`Confusion matrix of ${T(e.length,"class","classes")}: true classes down, predicted ones across`)}var Ue=5;async function ye({confusion:t},e){if(t===void 0)return;let{classes:r,counts:n}=t,o=r.map((i,l)=>({name:i,row:n[l]??[]}));return r.length>ge?p("confusion","Confusion",[a`<p>A matrix of ${T(r.length,"class","classes")} is in the evidence; it is too large to draw.</p>`]):p("confusion","Confusion",[a`<figure class="${r.length>Ue?"pair tall":"pair"}"><div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix, drawn">${await be(e,t)}</div>
${c({caption:"Rows of each true class by predicted class",rows:o,columns:[{title:"true",kind:"head",cell:({name:i})=>i},...r.map((i,l)=>({title:i,kind:"number",cell:({row:s})=>v(s[l]??0)})),{title:"all",kind:"number",cell:({row:i})=>v(i.reduce((l,s)=>l+s,0))}]})}<figcaption>A cell is the darker, the larger its share of the true class: blue where it is right, red where it is wrong.</figcaption></figure>`])}var ve=120,X=12;function we(t,e,r){return t({width:ve,height:X,padding:0,autosize:"none",data:{values:[{share:e}]},layer:[{mark:{type:"rect",x:0,x2:ve,y:0,y2:X,cornerRadius:2,color:"var(--barred)"}},{mark:{type:"rect",color:"var(--fail)",cornerRadius:2,y:0,y2:X},encoding:{x:{field:"share",type:"quantitative",scale:{domain:[0,r],nice:!1},axis:null},x2:{datum:0}}}]},`${E(e)} of the rows`)}async function ke({data:t},e){if(t===void 0)return;let r=t.findings.slice(0,O),n=Math.max(...r.map(({share:l})=>l)),o=await Promise.all(r.map(({share:l})=>l>0?we(e,l,n):void 0)),i=t.datasets.flatMap(({name:l,notChecked:s})=>s.map(m=>({name:l,part:m})));return p("data","Data",[a`<p class="lede">${f(t.outcome,!1,ae(t))}</p>`,c({caption:"Checks that did not pass",rows:t.findings,cards:!0,columns:[{title:"Check",kind:"head",cell:({outcome:l,tolerated:s,title:m,dataset:d})=>a`${f(l,s,m)}<small>${d||"between data sets"}${s&&a`, warning only`}</small>`},{title:"Rows",cell:(l,s)=>l.count===0?S:a`${o[s]} <small title="${E(l.share)}">${re(l)}</small>`},{title:"What was found",cell:({reason:l,examples:s})=>a`${l}${s.length>0&&a`<small>${s.join(" \xB7 ")}</small>`}`}]}),c({caption:"Data sets",rows:t.datasets,columns:[{title:"Data set",kind:"head",cell:({name:l,path:s})=>a`${l}<small>${s}</small>`},{title:"Contents",cell:({facts:l})=>l},{title:"Contract",cell:({contract:l})=>l},{title:"Checks",cell:({outcome:l,passed:s,checks:m})=>f(l,!1,`${s} of ${m} pass`)},{title:"sha256",cell:({sha256:l})=>a`<code>${k(l)}</code>`}]}),i.length>0&&a`<ul class="plain-list">${i.map(({name:l,part:s})=>a`<li>Not checked in <b>${l}</b>: ${s}</li>`)}</ul>`])}function $e({controls:t,waivers:e}){return p("governance","Governance",[c({caption:"Controls",rows:t,cards:!0,columns:[{title:"Control",kind:"head",cell:({id:r,outcome:n,waived:o,text:i})=>a`${f(n,o,r)}${o&&a` waived`}<small>${i}</small>`},{title:"Finding",cell:({reason:r})=>r},{title:"Evidence",cell:({evidence:r})=>r?a`${r.path}<small><code>${k(r.sha256)}</code></small>`:S}]}),c({caption:"Waivers",rows:e,cards:!0,columns:[{title:"Waives",kind:"head",cell:({waives:r})=>r},{title:"State",cell:({active:r,note:n,expires:o})=>a`${r?"holds":a`<b>does not hold</b>`} until ${o}${n!==""&&a`<small>${n}</small>`}`},{title:"Reason",cell:({reason:r})=>r},{title:"Who",cell:({author:r,approver:n})=>a`approved by ${n}<small>asked by ${r}</small>`}]})])}function xe({lineage:t,absent:e,budget:r}){let{documents:n,files:o,config:i,tool:l}=t;return p("lineage","Lineage",[r!==""&&a`<p>${r}</p>`,e.length>0&&a`<ul class="plain-list">${e.map(s=>a`<li>${s}</li>`)}</ul>`,M("Evidence documents",[c({caption:"Documents, and the ones that each was built on",rows:n,columns:[{title:"Evidence",kind:"head",cell:({kind:s})=>Q[s]},{title:"Outcome",cell:({outcome:s})=>f(s)},{title:"sha256",cell:({digest:s})=>a`<code>${k(s)}</code>`},{title:"Built on",cell:({parents:s})=>s.length===0?"\u2013":s.map(({kind:m,sha256:d})=>a`${m} <code>${k(d)}</code><br>`)},{title:"Written",cell:({created:s})=>A(s)},{title:"Took",kind:"number",cell:({seconds:s})=>J(s)}]}),i!==void 0&&a`<p class="soft">modelgate.yml <code>${k(i)}</code>, read by ${l}</p>`]),M("Files",[c({caption:"Files that the numbers came from",rows:o,columns:[{title:"File",kind:"head",cell:({role:s})=>s},{title:"Path",cell:({path:s})=>s},{title:"sha256",cell:({sha256:s})=>a`<code>${k(s)}</code>`},{title:"Size",kind:"number",cell:({size:s})=>s===void 0?"\u2013":K(s)}]})])])}var Ve=264,W=26,qe=16,Me=12,Ye=.08;function _(t){let e=t.flatMap(({value:i,interval:l,baseline:s,lines:m})=>[i,l?.low,l?.high,s,...m.flatMap(({low:d,high:g})=>[d,g])].filter(d=>typeof d=="number")),r=Math.min(...e),n=Math.max(...e);if(e.length===0)return[0,1];let o=(n-r||Math.abs(n)||1)*Ye;return[r>=0?Math.max(0,r-o):r-o,n<=1?Math.min(1,n+o):n+o]}async function G(t,e,r){let{value:n,interval:o,baseline:i,lines:l,title:s,open:m}=e,d={type:"quantitative",scale:{domain:[...r],nice:!1,zero:!1},title:null},g=l.flatMap(({low:h,high:w})=>[...h===void 0?[]:[{from:r[0],to:h,edge:h}],...w===void 0?[]:[{from:w,to:r[1],edge:w}]]),b=m?"var(--fail)":"var(--data)",y=[`${s}: ${u(n)}`,o&&`interval ${x(o)}`,i!==null&&`baseline ${u(i)}`,...l.map(({low:h,high:w})=>`allowed ${h===void 0?"at most":"at least"} ${u(h??w??null)}`)].filter(Boolean);return t({width:Ve,height:W,padding:{left:Me,right:Me,top:0,bottom:qe},autosize:"none",layer:[{data:{values:g},mark:{type:"rect",color:"var(--barred)"},encoding:{x:{...d,field:"from",axis:{tickCount:4,labelPadding:3,labelFlush:!1}},x2:{field:"to"}}},{data:{values:g},mark:{type:"rule",color:"var(--edge)",strokeWidth:1.5,strokeDash:[3,2]},encoding:{x:{...d,field:"edge"}}},{data:{values:o?[{low:o.low,high:o.high}]:[]},mark:{type:"rule",color:b,strokeWidth:7,opacity:.32,strokeCap:"round",y:W/2},encoding:{x:{...d,field:"low"},x2:{field:"high"}}},{data:{values:i===null?[]:[{baseline:i}]},mark:{type:"point",shape:"diamond",size:75,y:W/2,fill:"var(--paper)",stroke:"var(--ink)",strokeWidth:1.5,opacity:1},encoding:{x:{...d,field:"baseline"}}},{data:{values:n===null?[]:[{value:n}]},mark:{type:"circle",size:90,color:b,opacity:1,y:W/2,stroke:"var(--paper)",strokeWidth:1.5},encoding:{x:{...d,field:"value"}}}]},y.join(", "))}function F(t,e){return a`<p class="legend" aria-hidden="true"><span class="key dot"></span>${t} <span class="key bar"></span>interval ${e!==!1&&a`<span class="key diamond"></span>${e} `}<span class="key barred"></span>not allowed by a rule</p>`}async function Se({metrics:t,baselines:e},r){let n=t.slice(0,O).map(Je),o=await Promise.all(n.map(l=>G(r,l,_([l])))),i=t.some(({baseline:l})=>l!==null);return p("metrics","Metrics",[c({caption:"The candidate on the whole test set",rows:t,cards:!0,columns:[{title:"Metric",kind:"head",cell:Ke},{title:"Candidate",kind:"number",cell:Ze},{title:"On its scale",kind:"chart",cell:({value:l},s)=>l!==null&&o[s]},...i?[{title:"To the baseline",kind:"number",cell:Qe}]:[],{title:"Rules",cell:({marks:l})=>H(l)}]}),t.length>0&&F("candidate",i&&"baseline"),e.length>0&&a`<ul class="plain-list">${e.map(({name:l,state:s,text:m})=>a`<li>Baseline <b>${l}</b> (${ee[s]}): ${m}</li>`)}</ul>`])}function Je({title:t,value:e,interval:r,baseline:n,lines:o,marks:i}){return{title:t,value:e,interval:r,baseline:n,lines:o,open:i.some(D)}}function Ke({title:t,qualifier:e,direction:r,reported:n}){let o=[r&&Z[r],e,n&&"reported by the user\u2019s script"];return a`${t}<small>${o.filter(Boolean).join("; ")}</small>`}function Ze({value:t,interval:e,n:r,reason:n}){if(t===null)return a`<b class="value">–</b><small class="why">${n}</small>`;let o=e&&a`<small>${x(e)}</small>`,i=[e&&`${Y(e.level)} ${e.method}`,`n ${v(r)}`].filter(Boolean);return a`<b class="value">${u(t)}</b>${o}<small class="basis">${i.join(", ")}</small>`}function Qe({baseline:t,difference:e,differenceInterval:r}){if(t===null)return S;let n=r&&a`<small>${x(r)}</small>`;return a`${I(e)}${n}<small>baseline ${u(t)}</small>`}var Te=12;function De({headline:t,join:e,lineage:r}){let{outcome:n,blocks:o,model:i,title:l,reason:s,commit:m,mode:d,rules:g}=t,b=n===void 0?"not-applicable":n==="pass"||o?n:"tolerated",y=r.documents.at(-1)?.created,h=[["Rules",g],["Test set",e],["Commit",m],["Mode",d],["Written",y===void 0?"":A(y)]].filter(([,w])=>w!=="");return a`<header class="banner ${b}">
<div class="frame">
<div class="lead">
<div>
<p class="model">${i}<span class="word">${n?C[n].word:"no verdict"}</span></p>
<h1>${l}</h1>
<p class="reason">${s}</p>
</div>
${se[n??"none"]}
</div>
<dl>${h.map(([w,Ee])=>a`<div><dt>${w}</dt><dd>${Ee}</dd></div>`)}</dl>
</div>
</header>
`}function Re({notes:t}){return t.length===0?void 0:a`<div class="notes" role="note">${t.map(e=>a`<p>${e}</p>`)}</div>\n`}function Oe({problems:t}){return p("problems","What did not pass",[t.length>0&&a`<ul class="problems">${t.map(et)}</ul>`])}function et(t){let{kind:e,id:r,outcome:n,tolerated:o,tolerance:i,text:l,reason:s,cases:m,place:d}=t,g=m.length-Te;return a`<li class="${o?"tolerated":n}">
<p class="name">${f(n,o,r)} <span class="soft">${[e,i].filter(Boolean).join(", ")}</span></p>
<p>${s}</p>
${l!==""&&a`<p class="soft">${l}${d&&a` · <span class="place">${d.file}:${d.line}</span>`}</p>`}
${m.length>0&&a`<ul>${m.slice(0,Te).map(b=>a`<li>${f(b.outcome,o,b.slice)} ${b.reason}</li>`)}${g>0&&a`<li>and ${g} more</li>`}</ul>`}</li>
`}var U=24;async function Le({slices:t,worstSlice:e},r){let n=[...new Set(t.map(({metric:i})=>i))],o=await Promise.all(n.map(i=>tt(t.filter(({metric:l})=>l===i),r)));return p("slices","Slices",[e!==void 0&&a`<p class="lede">${e}</p>`,...o,o.length>0&&F("slice","all rows")])}async function tt(t,e){let r=t[0]?.title??"",n=t.slice(0,U).map(rt),o=_(n),i=await Promise.all(n.map(s=>G(e,s,o))),l=t.slice(U);return a`${Ce(`${r} by slice`,t.slice(0,U),i)}${M(`${v(l.length)} more slices`,[Ce(`${r} by slice, continued`,l,[])])}`}function rt({column:t,value:e,score:r,interval:n,overall:o,lines:i,marks:l}){return{title:te({column:t,value:e}),value:r,interval:n,baseline:o,lines:i,open:l.some(D)}}function Ce(t,e,r){return c({caption:t,rows:e,cards:!0,columns:[{title:"Slice",kind:"head",cell:({column:o,value:i})=>a`<span class="soft">${o}</span> ${i}`},{title:"Rows",kind:"number",cell:({n:o})=>v(o)},{title:"Value",kind:"number",cell:at},{title:"Interval",kind:"chart",cell:({score:o},i)=>o!==null&&r[i]},{title:"Against all",kind:"number",cell:nt},{title:"Rules",cell:({marks:o})=>H(o)}].filter(({title:o})=>o!=="Interval"||r.length>0)})}function at({score:t,interval:e,reason:r}){return t===null?a`–<small class="why">${r}</small>`:a`<b>${u(t)}</b>${e&&a`<small>${x(e)}</small>`}`}function nt({score:t,overall:e}){return I(t===null||e===null?null:t-e)}var ot=250,it=130,B=[{colour:"var(--data)",dash:[1,0]},{colour:"var(--second)",dash:[6,3]},{colour:"var(--third)",dash:[2,3]},{colour:"var(--soft)",dash:[8,3,2,3]}];function ze(t){let e=new Map;for(let r of t){let n=r.name.replace(/^(?:train|training|val|valid|validation|eval|test)[_/.-]/i,"");e.set(n,[...e.get(n)??[],r])}return[...e.values()].flatMap(r=>Array.from({length:Math.ceil(r.length/B.length)},(n,o)=>r.slice(o*B.length,(o+1)*B.length)))}function Pe(t,e){let r=e.map((o,i)=>i),n=B.slice(0,e.length);return t({width:ot,height:it,padding:4,data:{values:e.flatMap(({points:o},i)=>o.map(l=>({...l,line:i})))},mark:{type:"line",strokeWidth:2,strokeJoin:"round",point:e.every(({points:o})=>o.length<3)},encoding:{x:{field:"step",type:"quantitative",scale:{zero:!1,nice:!1},axis:{title:"step",grid:!1,tickCount:5,domain:!0,domainColor:"var(--hair)"}},y:{field:"value",type:"quantitative",scale:{zero:!1},axis:{title:null,tickCount:4}},color:{field:"line",type:"nominal",scale:{domain:r,range:n.map(({colour:o})=>o)},legend:null},strokeDash:{field:"line",type:"nominal",scale:{domain:r,range:n.map(({dash:o})=>[...o])},legend:null}}},`${e.map(({name:o})=>z(o,40)).join(" and ")} over the steps of the training`)}var lt=12;async function Ie({runs:t,history:e},r){let n=ze(e).slice(0,lt),o=await Promise.all(n.map(async i=>st(i,await Pe(r,i))));return p("training","Training",[...t.map(({title:i,outcome:l,reason:s,facts:m})=>a`<div class="run"><h3>${i}</h3><p>${f(l)} ${s}</p>${me(m)}</div>`),o.length>0&&a`<div class="panels">${o}</div>`,M("History in numbers",[c({caption:"First, last and extreme values of each line",rows:e,columns:[{title:"Line",kind:"head",cell:({name:i})=>i},{title:"Steps",kind:"number",cell:({points:i})=>v(i.length)},{title:"First",kind:"number",cell:({points:i})=>u(i[0]?.value??null)},{title:"Last",kind:"number",cell:({points:i})=>u(i.at(-1)?.value??null)},{title:"Lowest",kind:"number",cell:({best:i})=>u(i.low)},{title:"Highest",kind:"number",cell:({best:i})=>u(i.high)}]})])])}function st(t,e){return a`<figure><figcaption>${t.map(({name:r},n)=>a`<span class="line line-${n}">${r}</span> `)}</figcaption>${e}</figure>`}async function Nr(t){let e=ne(t),r=await oe(),n=await Promise.all([Re(e),Oe(e),Se(e,r),Le(e,r),ye(e,r),ke(e,r),$e(e),Ie(e,r),xe(e)]);return he(e,De(e),n)}export{Nr as renderHtml};
