// The page the QR code on a report opens: read on a telephone on a building site, so it is one column, quiet, and says
// the one thing that matters first. Every value comes from a lab and is escaped; no script, no foreign resource.
import { type VerifiedReport } from './verification.ts';

export const VERIFY_PAGE_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

const STATUS = {
  valid: { word: '有效', tone: '#1f6f43', ground: '#eef6f0', line: '此标识码对应的检测报告有效。' },
  replaced: { word: '已被代替', tone: '#8a5a00', ground: '#fbf4e6', line: '此报告已由新版本代替，请以新版本为准。' },
  void: { word: '已作废', tone: '#9a2b2b', ground: '#faeeee', line: '此报告已作废，不得作为工程验收资料。' },
} as const;

const STYLE = `
:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;background:#f4f5f7;color:#1d2430;font:16px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",sans-serif}
main{max-width:40rem;margin:0 auto;padding:1.25rem 1rem 2.5rem}
header{font-size:.875rem;color:#5b6675;margin-bottom:.75rem}
.card{background:#fff;border:1px solid #dfe3e8;border-radius:.5rem;overflow:hidden}
.status{padding:1.25rem 1.25rem 1rem;border-bottom:1px solid #dfe3e8}
.status h1{margin:0;font-size:1.75rem;line-height:1.3;font-weight:600}
.status p{margin:.25rem 0 0;font-size:.9375rem;color:#3c4656}
dl{margin:0;padding:.5rem 1.25rem 1rem}
dl div{padding:.625rem 0;border-bottom:1px solid #eef0f3}dl div:last-child{border-bottom:0}
dt{font-size:.8125rem;color:#5b6675}dd{margin:0;overflow-wrap:anywhere}
.mono{font-family:ui-monospace,Consolas,"DejaVu Sans Mono",monospace;font-size:.875rem}
footer{margin-top:1rem;font-size:.8125rem;color:#5b6675}
form{display:flex;gap:.5rem;padding:0 1.25rem 1.25rem;flex-wrap:wrap}
input{flex:1 1 14rem;font:inherit;padding:.5rem .625rem;border:1px solid #b8c0cb;border-radius:.375rem;min-width:0}
button{font:inherit;padding:.5rem 1rem;border:1px solid #1d4f91;border-radius:.375rem;background:#1d4f91;color:#fff}
@media (min-width:34rem){dl div{display:grid;grid-template-columns:7rem 1fr;gap:.75rem}dt{font-size:.875rem;padding-top:.125rem}}
`;

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body><main><header>建设工程质量检测报告防伪查验</header>${body}
<footer>本页由内置监管平台（训练用）生成，用于练习和验证报告查验流程。请核对纸质报告与本页内容是否一致。</footer></main></body></html>`;
}

function statusBlock(word: string, line: string, tone: string, ground: string): string {
  return `<div class="status" style="background:${ground}"><h1 style="color:${tone}">${word}</h1><p>${line}</p></div>`;
}

function row(label: string, value: string | undefined, mono = false): string {
  if (value === undefined || value === '') return '';
  return `<div><dt>${label}</dt><dd${mono ? ' class="mono"' : ''}>${escape(value)}</dd></div>`;
}

export function verifyPage(found: VerifiedReport): string {
  const { verification } = found;
  const status = STATUS[verification.status];
  const revision = verification.revision === undefined ? '' : `（第 ${verification.revision} 版）`;
  return page(
    `${status.word} · ${verification.reportNo}`,
    `<div class="card">${statusBlock(status.word, status.line, status.tone, status.ground)}<dl>
${row('报告编号', `${verification.reportNo}${revision}`)}
${row('报告名称', found.title)}
${row('检测机构', verification.institution)}
${row('工程名称', verification.project)}
${row('检测项目', verification.item)}
${row('检测结论', verification.conclusion)}
${row('签发日期', found.issuedOn)}
${row('防伪监管标识码', verification.code, true)}
${row('发码时间', verification.issuedAt?.slice(0, 19).replace('T', ' '))}
${row('报告文件 SHA-256', verification.fileSha256 ?? '尚未归档', true)}
</dl></div>`,
  );
}

export function unknownCodePage(code: string): string {
  const asked = code === '' ? '请输入报告上的防伪监管标识码。' : '平台没有发放过这个标识码，请核对后重新输入。';
  return page(
    '防伪查验',
    `<div class="card">${statusBlock(code === '' ? '查验报告' : '查无此码', asked, '#3c4656', '#f7f8fa')}<dl>
${row('输入的标识码', code, true)}</dl>
<form method="get" action="/verify"><input name="code" maxlength="64" aria-label="防伪监管标识码" required><button>查验</button></form></div>`,
  );
}
