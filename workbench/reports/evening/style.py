"""How the page looks: on a phone, on a wide screen, dark where the reader's system is, on paper."""

STYLE = """
:root{color-scheme:light dark;--ground:#fff;--ink:#1b1f24;--quiet:#57606a;--rule:#d0d7de;--card:#f6f8fa;
--one:#1f5fa8;--two:#b8590a;--alarm:#a40e26}
@media(prefers-color-scheme:dark){:root{--ground:#12161b;--ink:#e6e9ec;--quiet:#a2abb4;--rule:#39424c;
--card:#1b2128;--one:#6ea8ef;--two:#f0a35c;--alarm:#ff8e98}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:68rem;background:var(--ground);color:var(--ink);
font:16px/1.45 system-ui,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;
overflow-wrap:anywhere}
h1{font-size:1.4rem;margin:0}
h2{font-size:1.05rem;margin:1.4rem 0 .4rem}h3{font-size:.95rem;margin:.2rem 0 .3rem}
.under,.end,dl{color:var(--quiet);font-size:.85rem}.under{margin:.2rem 0 .8rem}
.lead{border-left:4px solid var(--one);padding:.1rem 0 .1rem .8rem;font-size:1.05rem}.lead p{margin:.35rem 0}
.lead p:nth-child(2){font-weight:600}
.warnings{border-left:4px solid var(--alarm);margin:1rem 0;padding:.1rem 0 .1rem .8rem}
.warnings ul{margin:0;padding-left:1.1rem}
.grid{display:grid;grid-template-columns:minmax(0,1fr);gap:0 2rem}
@media(min-width:46rem){.grid{grid-template-columns:repeat(2,minmax(0,1fr))}}
.figures section{break-inside:avoid}.figures h2{margin-top:.6rem}
@media(min-width:46rem){.figures{columns:2;column-gap:2rem}}
.wide{overflow-x:auto;overflow-wrap:normal}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{border-bottom:1px solid var(--rule);padding:.25rem .5rem .25rem 0;text-align:left;vertical-align:top}
th{color:var(--quiet);font-weight:600;font-size:.82rem}
.numbers td+td,.numbers th+th{text-align:right;font-variant-numeric:tabular-nums}
.numbers td:first-child{min-width:7em}
.lines tr td:first-child{white-space:nowrap}
figure{margin:0 0 1rem;background:var(--card);border:1px solid var(--rule);border-radius:6px;
padding:.6rem .8rem}
figure svg{width:100%;height:auto;display:block}
svg text{font-size:11px;fill:var(--ink)}.axis{stroke:var(--rule)}.ground{fill:var(--rule);opacity:.45}
.s0{fill:var(--one)}.s1{fill:var(--two)}.mark{stroke:var(--ink);stroke-width:1.3;fill:none}
.line{fill:none;stroke:var(--two);stroke-width:1.3}.dot{fill:var(--two)}
.paper{display:none}
details{margin:.4rem 0}summary{cursor:pointer;color:var(--quiet);font-size:.88rem;padding:.2rem 0}
dl{margin:0;columns:20rem;column-gap:2rem}dl div{break-inside:avoid;margin:0 0 .15rem}
dt{display:inline;font-weight:600;margin-right:.3rem}
dt::after{content:":"}dd{display:inline;margin:0}
@media(max-width:40rem){.lines thead{position:absolute;clip-path:inset(50%)}
.lines tr{display:block;border-bottom:1px solid var(--rule);padding:.35rem 0}
.lines td{display:inline;border:0;padding:0 .5rem 0 0}.lines td+td:not(:empty)::before{content:"· "}
.lines td:first-child{font-weight:600}}
@page{size:A4;margin:9mm}
@media print{:root{color-scheme:light;--ground:#fff;--ink:#000;--quiet:#444;--rule:#bbb;--card:#fff;
--one:#1f5fa8;--two:#b8590a;--alarm:#a40e26}
body{padding:0;max-width:none;font-size:8.5pt;line-height:1.3}h1{font-size:13pt}
h2{font-size:9.5pt;margin:.7em 0 .2em;break-after:avoid}.lead{font-size:9.5pt}.under,.end{font-size:7pt}
dl{font-size:6pt}dl code{display:none}
table{font-size:7.5pt}th,td{padding:.1em .4em .1em 0}th{font-size:7pt}tr,figure{break-inside:avoid}
details,.rest{display:none}.paper{display:block}h3{font-size:8pt}

.grid{grid-template-columns:repeat(3,minmax(0,1fr));gap:0 4mm}.figures{columns:2;column-gap:6mm}
.wide{overflow:visible}figure{margin:0 0 2mm;padding:1mm 2mm}p.end{margin:.2em 0}
dl{columns:3;column-gap:5mm;line-height:1.2}}
""".strip()
