import { Kafka, logLevel } from 'kafkajs'
import { within } from './kafka.ts'
import { TokenRefused } from './kafka-bearer.ts'
import { TokenUnavailable } from './kafka-oauth.ts'
import type { KafkaSecurity } from './kafka-security.ts'

/** Kafka will not have this process as it is told to come; no waiting mends that. */
export class KafkaRefused extends Error {
  override name = 'KafkaRefused'
  readonly retriable = false
}

type Fault = { name?: string; code?: unknown; type?: unknown; message?: string; cause?: unknown }

/** The fault and what it came from: the client wraps what it gives up on. */
function* faultsOf(error: unknown): Generator<Fault> {
  for (let fault = error as Fault | undefined; fault; fault = fault.cause as Fault | undefined) yield fault
}

const unsigned = new Set([
  ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  ...['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
])

/** Faults of who somebody is: a password, token or certificate that is put right is taken by the next connection. */
export const isOfCredentials = (error: unknown): boolean =>
  [...faultsOf(error)].some(
    ({ name = '' }) =>
      name === 'KafkaJSSASLAuthenticationError' || name === 'TokenRefused' || name === 'TokenUnavailable',
  )

/** Why Kafka and this process will never talk as it is told to: variables and a reason, never a value; null where they may. */
export function whyRefused(error: unknown): string | null {
  for (const fault of faultsOf(error)) {
    const said = reasonFor(fault)
    if (said !== null) return said
  }
  return null
}

function reasonFor(fault: Fault): string | null {
  const code = String(fault.code ?? '')
  if (fault instanceof TokenRefused) return `KAFKA_OAUTH_*: ${fault.message}`
  if (fault instanceof TokenUnavailable) return fault.mayPass ? null : fault.message
  if (unsigned.has(code))
    return 'KAFKA_CA_FILE: Kafka’s certificate is not signed by a CA that is trusted (Kafka 的证书并非由受信任的 CA 签发)'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'KAFKA_BROKERS: Kafka’s certificate is of another host than the address (Kafka 的证书与地址中的主机名不符)'
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return 'KAFKA_BROKERS: Kafka’s certificate is not valid now (Kafka 的证书不在有效期内)'
  if (/ALERT_(\w+_)?(CERTIFICATE|UNKNOWN_CA)/.test(code))
    return 'KAFKA_CERT_FILE, KAFKA_KEY_FILE: Kafka does not take this certificate, or wants one (Kafka 不接受该客户端证书，或要求客户端证书)'
  if (fault.type === 'UNSUPPORTED_SASL_MECHANISM')
    return 'KAFKA_SASL_MECHANISM: Kafka does not know it at this address (该地址的 Kafka 不支持此机制)'
  if (fault.name === 'KafkaJSSASLAuthenticationError')
    return 'KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD: Kafka lets nobody in with them (Kafka 拒绝该用户名与密码)'
  return null
}

/**
 * Meets Kafka before anything is built on it. One that is away is waited for later; one that does not believe this process,
 * or is not believed, is said at once: waiting for it ends in a minute and in no word about why.
 * @throws KafkaRefused with a sentence that names the variables
 */
export async function meetKafka(clientId: string, brokers: string[], security: KafkaSecurity): Promise<void> {
  const admin = new Kafka({
    ...{ clientId, brokers, ...security, connectionTimeout: 5_000, requestTimeout: 5_000 },
    ...{ retry: { retries: 0 }, logLevel: logLevel.NOTHING },
  }).admin()
  try {
    await within(admin.connect(), 15_000, 'Kafka')
  } catch (error) {
    const why = whyRefused(error)
    if (why !== null) throw new KafkaRefused(why)
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}
