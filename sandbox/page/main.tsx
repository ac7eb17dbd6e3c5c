import 'slack-blocks-to-jsx/dist/style.css';
import 'diff2html/bundles/css/diff2html.min.css';
import './style/base.css';
import './style/layout.css';
import './style/controls.css';
import './style/dialogs.css';
import './style/slack.css';
import './style/messages.css';
import './style/repo.css';
import './style/conversation.css';
import './style/faults.css';
import './style/fleet.css';

import { createRoot } from 'react-dom/client';

import { App } from './app.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
