import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import '@fontsource/lato/latin-400.css';
import '@fontsource/lato/latin-400-italic.css';
import '@fontsource/lato/latin-700.css';
import '@fontsource/lato/latin-900.css';
import 'slack-blocks-to-jsx/dist/style.css';
import './style/colors.css';
import './style/layout.css';
import './style/blocks.css';
import './style/behind.css';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(<App />);
