// The page the QR code on a report opens: read on a telephone on a building site, so it is one column, quiet, and says
// the one thing that matters first. Every value comes from a lab and is escaped; no script, no foreign resource.
import { type Html, html } from './markup.ts';
import { type VerifiedReport } from './verification.ts';

export const VERIFY_PAGE_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

interface Standing {
  word: string;
  tone: string;
  ground: string;
  line(found: VerifiedReport): string;
}

const RED = { tone: '#9a2b2b', ground: '#faeeee' };
const STANDINGS: Record<VerifiedReport['standing'], Standing> = {
  valid: { word: '有效', tone: '#1f6f43', ground: '#eef6f0', line: () => '此标识码对应的检测报告有效。' },
  replaced: {
    word: '已被代替',
    tone: '#8a5a00',
    ground: '#fbf4e6',
    line: ({ verification, replacedBy }) =>
      `此为第 ${verification.revision ?? ''} 版，已由报告 ${verification.reportNo} 第 ${replacedBy ?? ''} 版代替，请以第 ${replacedBy ?? ''} 版为准。`,
  },
  void: { word: '已作废', ...RED, line: () => '此报告已作废，不得作为工程验收资料。' },
  revoked: { word: '已撤销', ...RED, line: () => '监管部门已撤销此标识码，报告不得作为工程验收资料。' },
};

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
code{font-family:ui-monospace,Consolas,monospace;white-space:nowrap}.sha span{display:inline-block;margin-right:.6em}
footer{margin-top:1rem;font-size:.8125rem;color:#5b6675}
form{display:flex;gap:.5rem;padding:0 1.25rem 1.25rem;flex-wrap:wrap}
input{flex:1 1 14rem;font:inherit;padding:.5rem .625rem;border:1px solid #b8c0cb;border-radius:.375rem;min-width:0}
button{font:inherit;padding:.5rem 1rem;border:1px solid #1d4f91;border-radius:.375rem;background:#1d4f91;color:#fff}
@media (min-width:34rem){dl div{display:grid;grid-template-columns:7rem 1fr;gap:.75rem}dt{font-size:.875rem;padding-top:.125rem}}
`;

function page(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${{ html: STYLE }}
        </style>
      </head>
      <body>
        <main>
          <header>建设工程质量检测报告防伪查验</header>
          ${body}
          <footer>
            请核对报告与本页内容是否一致。有报告文件的，可计算其 SHA-256 与本页对照（Windows：<code
              >certutil -hashfile 文件 SHA256</code
            >）。本页由内置监管平台（训练用）生成。
          </footer>
        </main>
      </body>
    </html>`.html;
}

function statusBlock(word: string, line: string, tone: string, ground: string): Html {
  return html`<div class="status" style="background:${ground}">
    <h1 style="color:${tone}">${word}</h1>
    <p>${line}</p>
  </div>`;
}

function row(label: string, value: string | undefined, mono = false): Html {
  if (value === undefined || value === '') return html``;
  return html`<div>
    <dt>${label}</dt>
    <dd${mono ? html` class="mono"` : undefined}>${value}</dd>
  </div>`;
}

/** In groups of eight, so that two can be compared by eye; copied, it is one word. */
function digestRow(sha256: string): Html {
  const groups = sha256.match(/.{8}/g) ?? [];
  return html`<div>
    <dt>文件 SHA-256</dt>
    <dd class="mono sha" data-sha256="${sha256}">${groups.map((group) => html`<span>${group}</span>`)}</dd>
  </div>`;
}

export function verifyPage(found: VerifiedReport): string {
  const { verification } = found;
  const { word, tone, ground, line } = STANDINGS[found.standing];
  const { revision, fileSha256 } = verification;
  return page(
    `${word} · ${verification.reportNo}`,
    html`<div class="card">
      ${statusBlock(word, line(found), tone, ground)}
      <dl>
        ${row('报告编号', `${verification.reportNo}${revision === undefined ? '' : `（第 ${revision} 版）`}`)}
        ${row('报告名称', found.title)} ${row('检测机构', verification.institution)}
        ${row('工程名称', verification.project)} ${row('检测项目', verification.item)}
        ${row('检测结论', verification.conclusion)} ${row('签发日期', found.issuedOn)}
        ${row('防伪监管标识码', verification.code, true)}
        ${row('发码时间', verification.issuedAt?.slice(0, 19).replace('T', ' '))}
        ${fileSha256 === undefined ? row('文件 SHA-256', '报告文件尚未归档') : digestRow(fileSha256)}
      </dl>
    </div>`,
  );
}

export function unknownCodePage(code: string): string {
  const asked =
    code === ''
      ? '请输入报告首页右上角二维码旁的防伪监管标识码。'
      : '平台没有发放过这个标识码。请核对后重新输入；核对无误仍查不到的，请勿采信这份报告，并向工程所在地的监管部门反映。';
  const given = code.length > 64 ? `${code.slice(0, 64)}…` : code;
  return page(
    '防伪查验',
    html`<div class="card">
      ${statusBlock(code === '' ? '查验报告' : '查无此码', asked, code === '' ? '#3c4656' : RED.tone, code === '' ? '#f7f8fa' : RED.ground)}
      <dl>${row('输入的标识码', given, true)}</dl>
      <form method="get" action="/verify">
        <input
          name="code"
          maxlength="64"
          aria-label="防伪监管标识码"
          placeholder="防伪监管标识码"
          autocapitalize="characters"
          required
        /><button>查验</button>
      </form>
    </div>`,
  );
}
