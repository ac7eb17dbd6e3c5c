import app from '@slack/bolt/dist/App.js';
import socketModeReceiver from '@slack/bolt/dist/receivers/SocketModeReceiver.js';

/**
 * The two classes of Bolt that we use, past its index: that one also loads Express and a receiver for AWS Lambda,
 * which cost 7 MB and 80 ms of every start.
 */
export const App = app.default;
export const SocketModeReceiver = socketModeReceiver.default;
