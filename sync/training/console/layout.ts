// What every page of the console shares: the frame, the form of an act with its reason, words for times and states.
import { type FaultSwitches, NO_FAULTS } from '../faults.ts';
import { type Html, html, type Part } from '../markup.ts';
import { wireTime } from '../../wire/wire-time.ts';
import { type ConsoleSession } from './door.ts';

export const CONSOLE_HEADERS: Record<string, string> = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  // Not `no-referrer`: browsers would then send forms with the origin `null`.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

const PAGES = [
  ['/console', '总览'],
  ['/console/find', '查找与处置'],
  ['/console/rules', '接收规则与管控'],
  ['/console/faults', '故障开关'],
  ['/console/log', '操作与请求记录'],
] as const;

export type ConsolePath = (typeof PAGES)[number][0];

function document(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · 监管控制台</title>
        <link rel="stylesheet" href="/console/style.css" />
      </head>
      <body>
        ${body}
      </body>
    </html>`.html;
}

export function faultsOn(faults: FaultSwitches): string[] {
  return (Object.keys(NO_FAULTS) as Array<keyof FaultSwitches>).filter(
    (name) => !/^(match|retryAfterSeconds|hugeAnswerBytes)$/.test(name) && faults[name] !== NO_FAULTS[name],
  );
}

/** What a page needs to know about who looks at it. */
export interface View {
  session: ConsoleSession;
  faults: FaultSwitches;
  /** Path and query of the page, where a form comes back to. */
  here: string;
}

export function page(view: View, path: ConsolePath, body: Html): string {
  const { flash, csrf } = view.session;
  view.session.flash = undefined;
  const title = PAGES.find(([address]) => address === path)?.[1] ?? '';
  const on = faultsOn(view.faults);
  return document(
    title,
    html`<header class="top">
        <div>
          <strong>监管控制台（培训平台）</strong>
          <nav aria-label="页面">
            ${PAGES.map(
              ([address, name]) =>
                html`<a href="${address}" ${address === path ? html`aria-current="page"` : undefined}>${name}</a>`,
            )}
          </nav>
          <form method="post" action="/console/sign-out">
            <input type="hidden" name="csrf" value="${csrf}" /><button class="plain">退出</button>
          </form>
        </div>
      </header>
      <main>
        ${flash && html`<p class="flash ${flash.tone}" role="status">${flash.text}</p>`}
        ${
          on.length > 0 && path !== '/console/faults'
            ? html`<p class="flash refused">
                有 ${on.length} 个故障开关开着（${on.join('、')}），平台的应答不正常。<a href="/console/faults"
                  >去关闭</a
                >
              </p>`
            : undefined
        }
        ${body}
      </main>`,
  );
}

export function signInPage(refused: boolean): string {
  return document(
    '登录',
    html`<main>
      <section class="sign">
        <h2>监管控制台</h2>
        <p>
          请打开启动检台时显示的控制台地址（只能用一次；系统管理员可在检台“设置”中取得新的地址），或输入平台的管理令牌。
        </p>
        ${refused && html`<p class="flash refused" role="alert">地址已用过或令牌不正确。</p>`}
        <form class="pad" method="post" action="/console/sign-in">
          <input type="password" name="token" aria-label="管理令牌" autocomplete="off" required autofocus />
          <button>进入</button>
        </form>
      </section>
    </main>`,
  );
}

export interface ActForm {
  act: string;
  /** Fields that go along unseen. */
  hidden: Record<string, string>;
  button: string;
  grave?: boolean;
  reasonHint?: string;
}

/** One act: its reason and its button. */
export function actForm(view: View, form: ActForm): Html {
  return html`<form class="act" method="post" action="/console/acts/${form.act}">
    ${hiddenFields(view, form.hidden)}
    <input name="reason" required maxlength="500" placeholder="${form.reasonHint ?? '理由'}" aria-label="理由" />
    <button ${form.grave === true ? html`class="grave"` : undefined}>${form.button}</button>
  </form>`;
}

export function hiddenFields(view: View, fields: Record<string, string>): Html[] {
  const all = { csrf: view.session.csrf, back: view.here, ...fields };
  return Object.entries(all).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
}

/** Several acts on one thing, folded away until wanted. */
export function acts(view: View, forms: readonly ActForm[]): Html {
  return html`<details class="acts">
    <summary>处置</summary>
    ${forms.map((form) => actForm(view, form))}
  </details>`;
}

export function section(title: string, note: string, body: Html): Html {
  return html`<section>
    <h2>${title}${note === '' ? undefined : html`<small>${note}</small>`}</h2>
    ${body}
  </section>`;
}

/** A table, or one sentence where there is nothing in it. A heading that starts with `#` is a number's. */
export function table(headings: readonly string[], rows: readonly (readonly Part[])[], empty: string): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  const kind = (index: number): Html | undefined =>
    headings[index]?.startsWith('#') === true ? html`class="n"` : undefined;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${headings.map((heading, index) => html`<th ${kind(index)}>${heading.replace(/^#/, '')}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, index) => html`<td ${kind(index)}>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

export function tag(word: string, tone: 'red' | 'amber' | 'green' | '' = ''): Html {
  return html`<span class="tag ${tone}">${word}</span>`;
}

export function timeWords(at: number): Html {
  return html`<span class="nowrap">${wireTime(at).slice(0, 19).replace('T', ' ')}</span>`;
}

export function ageWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} 分钟`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} 小时` : `${Math.floor(hours / 24)} 天`;
}
