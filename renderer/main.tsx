// Entry of every window. Strict content policy: no evaluated code, styles only with this page's nonce, nothing loaded
// from elsewhere.
import './noEval.ts';
import { createRoot } from 'react-dom/client';
import 'uplot/dist/uPlot.min.css';
import './design/base.css';
import './design/parts.css';
import './design/lists.css';
import './design/frame.css';
import './design/dialogs.css';
import './shell/shell.css';
import './reception/reception.css';
import './bench/bench.css';
import './bench/gauge.css';
import './bench/entries.css';
import './bench/live/live.css';
import './replay/replay.css';
import './bench/files/files.css';
import './record/record.css';
import './reports/reports.css';
import './review/batch/batch.css';
import './evaluation/evaluation.css';
import './design/registers.css';
import './methods/methods.css';
import './climate/climate.css';
import './overview/overview.css';
import './tasks/tasks.css';
import './dossier/dossier.css';
import './registrations/registrations.css';
import './reception/labels.css';
import { Application } from './app.tsx';
import { createWindowTransport } from './transport.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Application transport={createWindowTransport()} nonce={nonce} />);
