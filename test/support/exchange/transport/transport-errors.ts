/** What a fetch reports when no reply came: a TypeError that carries the reason. */
export function fetchFailed(message: string, code: string): TypeError {
  return new TypeError('fetch failed', { cause: coded('Error', message, code) });
}

/** What a fetch reports when its signal was aborted. */
export function abortError(): DOMException {
  return new DOMException('This operation was aborted', 'AbortError');
}

/** What undici reports when the peer ends or resets the connection inside the body. */
export function bodyCut(isReset: boolean): Error {
  return isReset ? coded('Error', 'read ECONNRESET', 'ECONNRESET') : coded('SocketError', 'other side closed', 'UND_ERR_SOCKET');
}

/** What undici reports when the body does not go on. */
export function bodyTimeout(): Error {
  return coded('BodyTimeoutError', 'Body Timeout Error', 'UND_ERR_BODY_TIMEOUT');
}

function coded(name: string, message: string, code: string): Error {
  return Object.assign(new Error(message), { name, code });
}
