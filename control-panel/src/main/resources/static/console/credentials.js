/** What requests say about who sends them. */
const KEY = 'livemr-token';

export const token = () => sessionStorage.getItem(KEY);

export const keepToken = text => text === null ? sessionStorage.removeItem(KEY) : sessionStorage.setItem(KEY, text);

export const bearer = text => ({ Authorization: `Bearer ${text}` });

/** The token, or else what shows that a change comes from this page; the browser sends the session's cookie by itself. */
export const credentials = () => token() === null ? echo(cookie('XSRF-TOKEN')) : bearer(token());

const echo = value => value === undefined ? {} : { 'X-XSRF-TOKEN': value };

const cookie = name => document.cookie.split('; ').map(pair => pair.split('=')).find(([key]) => key === name)?.[1];
