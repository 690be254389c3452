import type { Dispatcher, Pool } from 'undici'

export type TextAnswer = { status: number; text: string }

/**
 * Posts one JSON text and reads the whole answer. It sits under every step of every plan, so it goes straight to the
 * pool: no header objects, no streams.
 * @param headers names and values in turn
 */
export function postJson(
  pool: Pool,
  path: string,
  headers: string[],
  body: string,
  timeoutMs: number,
): Promise<TextAnswer> {
  return new Promise((resolve, reject) => {
    let status = 0
    const chunks: Buffer[] = []
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart() {},
      onResponseStart(_, statusCode) {
        status = statusCode
      },
      onResponseData(_, chunk) {
        chunks.push(chunk)
      },
      onResponseEnd() {
        const [first] = chunks
        resolve({ status, text: chunks.length === 1 && first ? first.toString() : Buffer.concat(chunks).toString() })
      },
      onResponseError(_, error) {
        reject(error)
      },
    }
    pool.dispatch({ path, method: 'POST', headers, body, headersTimeout: timeoutMs, bodyTimeout: timeoutMs }, handler)
  })
}
