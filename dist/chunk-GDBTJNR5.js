import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a as x,b as z}from"./chunk-57DXZYNV.js";import{a as g,b as M,i as $}from"./chunk-D73UEITE.js";import{c as y}from"./chunk-HJ4EQIET.js";import{a as v,b as k}from"./chunk-3OJFE77T.js";function f(e){return new x(`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${e}</svg>`)}var T={pass:f('<circle cx="8" cy="8" r="7.5"/><path d="M4.6 8.3l2.3 2.4 4.5-5"/>'),fail:f('<circle cx="8" cy="8" r="7.5"/><path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"/>'),"cannot-measure":f('<circle cx="8" cy="8" r="7.5"/><path d="M6 6.2c.2-2.6 4.2-2.4 4 .1-.1 1.5-2 1.5-2 3M8 11.9v.1"/>'),"not-applicable":f('<circle cx="8" cy="8" r="7.5"/><path d="M5 8h6"/>')},O=f('<path class="solid" d="M8 .8l7.6 14.4H.4z"/><path d="M8 6v4.2M8 12.4v.1"/>'),N='<path d="M14 84V34M14 84h-8M14 84h8"/><circle class="dot" cx="14" cy="34" r="6"/>';function u(e){return new x(`<svg class="gate" viewBox="0 0 112 90" width="112" height="90" aria-hidden="true">${N}${e}</svg>`)}var W={pass:u('<path class="rest" d="M96 84V48"/><path class="boom" d="M14 34L66 5"/>'),fail:u('<path class="rest" d="M96 84V40"/><path class="boom" d="M14 34h90"/><path class="stripe" d="M34 34h12M58 34h12M82 34h12"/>'),"cannot-measure":u('<path class="rest" d="M96 84V40"/><path class="boom dashed" d="M14 34h90"/>'),none:u('<path class="rest" d="M96 84V40"/>')};var o=z(y),R=500;function q({caption:e,rows:t,columns:r,cards:a}){if(t.length===0)return;let n=t.length-R,i=o`<table class="${a?"cards":"plain"}">
<caption>${e}</caption>
<thead><tr>${r.map(({title:s,kind:m})=>o`<th scope="col" class="${m??"text"}">${s}</th>`)}</tr></thead>
<tbody>
${t.slice(0,R).map((s,m)=>o`<tr>${r.map(d=>S(d,s,m))}</tr>\n`)}</tbody>
</table>`,l=n>0&&o`<p class="soft">${$(n,"more row")} in the evidence.</p>`;return a?o`${i}${l}`:o`<div class="scroll" tabindex="0" role="region" aria-label="${e}">${i}</div>${l}`}function S({title:e,kind:t,cell:r},a,n){let i=r(a,n);return t==="head"?o`<th scope="row">${i}</th>`:o`<td class="${t??"text"}" data-title="${e}">${i}</td>`}function K(e,t,r){let a=o`${r}`;if(a.text!=="")return o`<section id="${e}" aria-labelledby="${e}-title">
<h2 id="${e}-title">${t}</h2>
<div class="body">${a}</div>
</section>
`}function Y(e,t){let r=o`${t}`;return r.text===""?void 0:o`<details><summary>${e}</summary><div>${r}</div></details>`}function A(e,t=!1,r){let a=t&&k({outcome:e}),n=r??v[e].word,i=r!==void 0&&o`<span class="hidden">${v[e].word}: </span>`;return o`<span class="outcome ${a?"tolerated":e}">${a?O:T[e]}${i}${n}</span>`}var E=o`<span class="none soft">–</span>`;function J(e){return e.length===0?E:o`<ul class="marks">${e.map(t=>o`<li>${A(t.outcome,t.tolerated,t.id)}${t.withinNoise&&o` <small>within noise</small>`}</li>`)}</ul>`}function Q(e){if(e.length!==0)return o`<dl class="facts">${e.map(([t,r])=>o`<div><dt>${t}</dt><dd>${r}</dd></div>`)}</dl>`}var I=`
  --page: #eef1f4; --paper: #ffffff; --ink: #15202b; --soft: #50606f; --hair: #dbe2e8; --shade: #f5f7f9;
  --data: #22589c; --second: #b2580c; --third: #6a4aa5; --barred: #f6dfda; --edge: #b02a1d;
  --pass: #0f6b42; --pass-tint: #dff1e6; --fail: #ac2a1c; --fail-tint: #fae3df;
  --unknown: #7d5000; --unknown-tint: #f9ebcd; --none: #50606f; --none-tint: #e6ebef;`,H=`
  --page: #0d1217; --paper: #151c23; --ink: #e8edf2; --soft: #a3b2c0; --hair: #2b3742; --shade: #1b242d;
  --data: #7db2f2; --second: #f0a35e; --third: #b9a2f0; --barred: #3d2220; --edge: #ff9483;
  --pass: #74d3a2; --pass-tint: #12301f; --fail: #ff9c8d; --fail-tint: #3c1a16;
  --unknown: #f1bd61; --unknown-tint: #35280c; --none: #a3b2c0; --none-tint: #222d37;`,ee=`
:root { color-scheme: light dark; ${I} }
@media (prefers-color-scheme: dark) { :root { ${H} } }
@media print { :root { color-scheme: light; ${I} --page: #ffffff; } }
.pass { --tone: var(--pass); --tint: var(--pass-tint); }
.fail { --tone: var(--fail); --tint: var(--fail-tint); }
.cannot-measure, .tolerated { --tone: var(--unknown); --tint: var(--unknown-tint); }
.not-applicable { --tone: var(--none); --tint: var(--none-tint); }
`;var re=`
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
`;var oe=`
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

.rows details { margin-top: .6rem; }
.rows details + details { margin-top: 0; border-top: 0; }
.ids { line-height: 1.9; }

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
`;var ie=`
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
`;var L=264,b=26,P=16,C=12,j=.08;function se(e){let t=e.flatMap(({value:i,interval:l,baseline:s,lines:m})=>[i,l?.low,l?.high,s,...m.flatMap(({low:d,high:h})=>[d,h])].filter(d=>typeof d=="number")),r=Math.min(...t),a=Math.max(...t);if(t.length===0)return[0,1];let n=(a-r||Math.abs(a)||1)*j;return[r>=0?Math.max(0,r-n):r-n,a<=1?Math.min(1,a+n):a+n]}async function me(e,t,r){let{value:a,interval:n,baseline:i,lines:l,title:s,open:m}=t,d={type:"quantitative",scale:{domain:[...r],nice:!1,zero:!1},title:null},h=l.flatMap(({low:p,high:c})=>[...p===void 0?[]:[{from:r[0],to:p,edge:p}],...c===void 0?[]:[{from:c,to:r[1],edge:c}]]),w=m?"var(--fail)":"var(--data)",D=[`${s}: ${g(a)}`,n&&`interval ${M(n)}`,i!==null&&`baseline ${g(i)}`,...l.map(({low:p,high:c})=>`allowed ${p===void 0?"at most":"at least"} ${g(p??c??null)}`)].filter(Boolean);return e({width:L,height:b,padding:{left:C,right:C,top:0,bottom:P},autosize:"none",layer:[{data:{values:h},mark:{type:"rect",color:"var(--barred)"},encoding:{x:{...d,field:"from",axis:{tickCount:4,labelPadding:3,labelFlush:!1}},x2:{field:"to"}}},{data:{values:h},mark:{type:"rule",color:"var(--edge)",strokeWidth:1.5,strokeDash:[3,2]},encoding:{x:{...d,field:"edge"}}},{data:{values:n?[{low:n.low,high:n.high}]:[]},mark:{type:"rule",color:w,strokeWidth:7,opacity:.32,strokeCap:"round",y:b/2},encoding:{x:{...d,field:"low"},x2:{field:"high"}}},{data:{values:i===null?[]:[{baseline:i}]},mark:{type:"point",shape:"diamond",size:75,y:b/2,fill:"var(--paper)",stroke:"var(--ink)",strokeWidth:1.5,opacity:1},encoding:{x:{...d,field:"baseline"}}},{data:{values:a===null?[]:[{value:a}]},mark:{type:"circle",size:90,color:w,opacity:1,y:b/2,stroke:"var(--paper)",strokeWidth:1.5},encoding:{x:{...d,field:"value"}}}]},D.join(", "))}export{O as a,W as b,o as c,R as d,q as e,K as f,Y as g,A as h,E as i,J as j,Q as k,ee as l,re as m,oe as n,ie as o,se as p,me as q};
