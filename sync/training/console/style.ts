// The console's one style sheet, served by the platform itself.

export const CONSOLE_STYLE = `
:root{color-scheme:light;--ink:#1d2430;--soft:#5b6675;--line:#dfe3e8;--ground:#f4f5f7;--blue:#1d4f91;--red:#9a2b2b;--amber:#8a5a00;--green:#1f6f43}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:14px/1.55 "PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",sans-serif}
a{color:var(--blue)}
.top{background:#fff;border-bottom:1px solid var(--line)}
.top>div{max-width:78rem;margin:0 auto;padding:.5rem 1rem;display:flex;gap:1.25rem;align-items:center;flex-wrap:wrap}
.top strong{font-size:1rem;font-weight:600}
.top nav{display:flex;gap:.25rem;flex-wrap:wrap}
.top nav a{padding:.25rem .625rem;border-radius:.25rem;text-decoration:none;color:var(--ink)}
.top nav a[aria-current]{background:#e8eef7;color:var(--blue);font-weight:600}
.top form{margin-left:auto}
main{max-width:78rem;margin:0 auto;padding:1rem}
.flash{margin:0 0 1rem;padding:.5rem .75rem;border-radius:.375rem;border:1px solid;overflow-wrap:anywhere}
.flash.done{background:#eef6f0;border-color:#bcd9c6;color:var(--green)}
.flash.refused{background:#faeeee;border-color:#e2bcbc;color:var(--red)}
section{background:#fff;border:1px solid var(--line);border-radius:.5rem;margin-bottom:1rem}
section>h2{margin:0;padding:.625rem .875rem;font-size:.9375rem;font-weight:600;border-bottom:1px solid var(--line)}
section>h2 small{font-weight:400;color:var(--soft);margin-left:.5rem}
section>p,section>.pad{margin:0;padding:.625rem .875rem}
.empty,.hint{color:var(--soft)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4375rem .875rem;border-bottom:1px solid #eef0f3}
tr:last-child td{border-bottom:0}
@media (max-width:48rem){table{min-width:46rem}}
th{font-weight:400;color:var(--soft);font-size:.8125rem;white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.mono{font-family:ui-monospace,Consolas,"DejaVu Sans Mono",monospace;font-size:.8125rem;overflow-wrap:anywhere}
.nowrap{white-space:nowrap}
.tag{display:inline-block;padding:0 .4375rem;border-radius:.25rem;border:1px solid var(--line);background:#f7f8fa;white-space:nowrap;font-size:.8125rem}
.tag.red{color:var(--red);border-color:#e2bcbc;background:#faeeee}
.tag.amber{color:var(--amber);border-color:#e6d3a8;background:#fbf4e6}
.tag.green{color:var(--green);border-color:#bcd9c6;background:#eef6f0}
input,select,button{font:inherit;padding:.3125rem .5rem;border:1px solid #b8c0cb;border-radius:.25rem;background:#fff;color:inherit;min-width:0;max-width:100%}
input:focus-visible,select:focus-visible,button:focus-visible,summary:focus-visible,a:focus-visible{outline:2px solid var(--blue);outline-offset:1px}
button{cursor:pointer;background:var(--blue);border-color:var(--blue);color:#fff}
button.plain{background:#fff;color:var(--blue);border-color:#b8c0cb}
button.grave{background:var(--red);border-color:var(--red)}
.act{display:flex;gap:.375rem;flex-wrap:wrap;align-items:center;margin:.25rem 0}
.act input[name=reason]{flex:1 1 12rem}
details.acts{position:relative}
details.acts summary{cursor:pointer;color:var(--blue);white-space:nowrap}
.fields{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.625rem 1rem;padding:.75rem .875rem}
.fields label{display:flex;flex-direction:column;gap:.125rem;font-size:.8125rem;color:var(--soft)}
.fields label b{font-weight:400;color:var(--ink);font-size:.875rem}
.fields label.on b{color:var(--red);font-weight:600}
.fields input,.fields select{color:var(--ink);font-size:.875rem}
.fields .wide{grid-column:1/-1}
.find{display:flex;gap:.5rem;padding:.75rem .875rem}
.find input{flex:1}
.sign{max-width:26rem;margin:12vh auto 0}
.sign form{display:flex;gap:.5rem}.sign input{flex:1}
`;
