import { sqlStateOf } from './sql-state.ts'

/** What an error says of itself, of what caused it, and of those that it stands for. */
type Said = {
  code?: unknown
  message?: unknown
  cause?: unknown
  errors?: unknown
  meta?: { driverAdapterError?: { cause?: { kind?: string; originalCode?: string } } }
}
/** What speaks of Prisma's, the adapter's, pg's and Node's errors; deeper than that none of them nests. */
const deepest = 5

function* within(error: unknown, depth = 0): Generator<Said> {
  if (typeof error !== 'object' || error === null || depth > deepest) return
  const said = error as Said
  yield said
  yield* within(said.cause, depth + 1)
  yield* within(said.meta?.driverAdapterError, depth + 1)
  if (Array.isArray(said.errors)) for (const one of said.errors) yield* within(one, depth + 1)
}

// Prisma: not reachable (P1001), no answer in time (P1002, P1008), closed by the server (P1017), too many connections (P2037).
const unreached = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2037'])
const kinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'])
const sockets = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'])
// pg itself, which has no codes for these.
const inWords =
  /^(Connection terminated|Client has encountered a connection error)|timeout exceeded when trying to connect/

/** PostgreSQL ends, begins, or cannot go on (57P01 to 57P05), a connection fails (08), a transaction idles too long (25P03, 25P04). */
const ends = /^(57P0\d|08\w{3}|25P0[34])$/
/** A server that has no room: connections, memory, disk (53); one that takes no writing, a standby or after a failover (25006). */
const unable = /^(53\w{3}|25006)$/

/**
 * Why a database did not do what it was asked, where that is no fault of what was asked: the same again is right.
 * `LOST`: the connection was not there, or is no longer: whether what was sent has arrived, nobody knows. `REFUSED`: the
 * server said no, and has undone what was begun. Null: it is something else.
 */
export function whyUnserved(error: unknown): 'LOST' | 'REFUSED' | null {
  const all = [...within(error)]
  const states = all.flatMap(one => {
    const { code } = one
    const state = sqlStateOf(one) ?? (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined)
    return state === undefined ? [] : [state]
  })
  if (states.some(state => ends.test(state))) return 'LOST'
  if (states.some(state => unable.test(state))) return 'REFUSED'
  const isLost = ({ code, message, meta }: Said): boolean =>
    unreached.has(String(code)) ||
    sockets.has(String(code)) ||
    kinds.has(meta?.driverAdapterError?.cause?.kind ?? '') ||
    (typeof message === 'string' && inWords.test(message))
  return all.some(isLost) ? 'LOST' : null
}
