import { readFileSync } from 'node:fs'
import type { TemporalEnvironment } from './environment.ts'

type Reached = Pick<
  TemporalEnvironment,
  'TEMPORAL_TLS' | 'TEMPORAL_CA_FILE' | 'TEMPORAL_CERT_FILE' | 'TEMPORAL_KEY_FILE' | 'TEMPORAL_API_KEY'
>

/**
 * How the worker reaches Temporal; nothing for a server in clear. Half of what is wanted is refused: a key would go to
 * anybody, a certificate to nobody.
 * @throws Error that names what is missing, and never a value
 */
export function temporalSecurityOf(env: Reached) {
  const { TEMPORAL_CA_FILE: ca, TEMPORAL_CERT_FILE: cert, TEMPORAL_KEY_FILE: key, TEMPORAL_API_KEY: apiKey } = env
  if (env.TEMPORAL_TLS === 'off' && (ca ?? cert ?? key ?? apiKey) !== undefined) throw missing('TEMPORAL_TLS=on')
  if ((cert === undefined) !== (key === undefined)) throw missing('TEMPORAL_CERT_FILE, TEMPORAL_KEY_FILE')
  if (env.TEMPORAL_TLS === 'off') return {}
  const pair = cert && key ? { clientCertPair: { crt: readFileSync(cert), key: readFileSync(key) } } : {}
  return {
    tls: { ...(ca ? { serverRootCACertificate: readFileSync(ca) } : {}), ...pair },
    ...(apiKey === undefined ? {} : { apiKey }),
  }
}

const missing = (names: string): Error =>
  new Error(`Temporal cannot be reached as wanted, missing (缺少环境变量): ${names}`)
