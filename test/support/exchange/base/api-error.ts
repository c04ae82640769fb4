/** A refusal in the exchange's own form: HTTP status and a body of `code` and `msg`. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    /** Whole seconds the client is told to wait, sent as `Retry-After`. */
    readonly retryAfterSec?: number,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  get body(): string {
    return JSON.stringify({ code: this.code, msg: this.message });
  }
}

const refusal = (code: number, message: string): ApiError => new ApiError(400, code, message);

export const rejected = (message: string): ApiError => refusal(-2010, message);
export const filterFailure = (name: string): ApiError => refusal(-1013, `Filter failure: ${name}`);
export const missing = (name: string): ApiError =>
  refusal(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
export const missingBoth = (first: string, second: string): ApiError =>
  refusal(-1102, `Param '${first}' or '${second}' must be sent, but both were empty/null!`);
export const illegalCharacters = (name: string, legal: string): ApiError =>
  refusal(-1100, `Illegal characters found in parameter '${name}'; legal range is '${legal}'.`);
export const duplicateValues = (): ApiError => refusal(-1101, 'Duplicate values for a parameter detected.');
export const emptyParameter = (name: string): ApiError => refusal(-1105, `Parameter '${name}' was empty.`);
export const unreadParameters = (read: number, sent: number): ApiError =>
  refusal(-1104, `Not all sent parameters were read; read '${read}' parameter(s) but was sent '${sent}'.`);
export const notRequired = (name: string): ApiError =>
  refusal(-1106, `Parameter '${name}' sent when not required.`);
export const tooPrecise = (name: string): ApiError =>
  refusal(-1111, `Parameter '${name}' has too much precision.`);
export const badCombination = (): ApiError => refusal(-1128, 'Combination of optional parameters invalid.');
export const badData = (name: string): ApiError =>
  refusal(-1130, `Data sent for parameter '${name}' is not valid.`);
export const invalidSymbol = (): ApiError => refusal(-1121, 'Invalid symbol.');
export const invalidInterval = (): ApiError => refusal(-1120, 'Invalid interval.');
export const invalidSide = (): ApiError => refusal(-1117, 'Invalid side.');
export const invalidOrderType = (): ApiError => refusal(-1116, 'Invalid orderType.');
export const invalidTimeInForce = (): ApiError => refusal(-1115, 'Invalid timeInForce.');
export const windowTooLong = (): ApiError =>
  refusal(-1127, 'More than 24 hours between startTime and endTime.');
export const recvWindowTooLong = (): ApiError => refusal(-1131, 'recvWindow must be less than 60000');
export const timestampAhead = (): ApiError =>
  refusal(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
export const timestampStale = (): ApiError =>
  refusal(-1021, 'Timestamp for this request is outside of the recvWindow.');
export const badSignature = (): ApiError => refusal(-1022, 'Signature for this request is not valid.');
export const badKeyFormat = (): ApiError => new ApiError(401, -2014, 'API-key format invalid.');
export const badKey = (): ApiError =>
  new ApiError(401, -2015, 'Invalid API-key, IP, or permissions for action.');
export const unknownOrder = (): ApiError => refusal(-2011, 'Unknown order sent.');
export const noSuchOrder = (): ApiError => refusal(-2013, 'Order does not exist.');
export const cancelRestricted = (): ApiError =>
  refusal(-2011, 'Order was not canceled due to cancel restrictions.');
export const idMismatch = (): ApiError =>
  refusal(-2039, 'Client order ID is not correct for this order ID.');
export const archived = (): ApiError =>
  refusal(-2026, 'Order was canceled or expired with no executed qty over 90 days ago and has been archived.');
export const tooManyRequests = (limit: number, waitSec: number): ApiError =>
  new ApiError(
    429,
    -1003,
    `Too much request weight used; current limit is ${limit} request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.`,
    waitSec,
  );
export const banned = (untilMs: number, waitSec: number): ApiError =>
  new ApiError(
    418,
    -1003,
    `Way too much request weight used; IP banned until ${untilMs}. Please use WebSocket Streams for live updates to avoid bans.`,
    waitSec,
  );
export const tooManyOrders = (limit: number, window: string, waitSec: number): ApiError =>
  new ApiError(
    429,
    -1015,
    `Too many new orders; current limit is ${limit} orders per ${window}.`,
    waitSec,
  );
