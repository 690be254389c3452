import { readFileSync } from 'node:fs'
import type { KafkaConfig } from 'kafkajs'
import { z } from 'zod'
import { bearerMechanism } from './kafka-bearer.ts'
import { bearerOf, oauthEnvironment } from './kafka-oauth.ts'
import { topicsEnvironment } from './wanted-topics.ts'

/** How a process reaches Kafka, in Kafka's own words. What events say is what other services authorise by. */
export const kafkaEnvironment = {
  KAFKA_BROKERS: z.string().transform(list => list.split(',').map(part => part.trim())),
  ...topicsEnvironment,
  KAFKA_SECURITY_PROTOCOL: z.enum(['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL']).optional(),
  KAFKA_SASL_MECHANISM: z.enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER']).optional(),
  KAFKA_SASL_USERNAME: z.string().min(1).optional(),
  KAFKA_SASL_PASSWORD: z.string().min(1).optional(),
  ...oauthEnvironment,
  /** PEM files: whom to trust where the system's store does not say it, and who this process is. */
  KAFKA_CA_FILE: z.string().min(1).optional(),
  KAFKA_CERT_FILE: z.string().min(1).optional(),
  KAFKA_KEY_FILE: z.string().min(1).optional(),
}
export type KafkaEnvironment = Partial<Omit<z.infer<z.ZodObject<typeof kafkaEnvironment>>, 'KAFKA_BROKERS'>>
export type KafkaSecurity = Pick<KafkaConfig, 'ssl' | 'sasl'>

const mechanisms = { PLAIN: 'plain', 'SCRAM-SHA-256': 'scram-sha-256', 'SCRAM-SHA-512': 'scram-sha-512' } as const

const missing = (names: string): never => {
  throw new Error(`Kafka cannot be reached as wanted, missing (缺少环境变量): ${names}`)
}

/**
 * What the client is given for it; nothing for PLAINTEXT. Half of what a protocol takes is refused: it would be sent in
 * clear, or to anybody. What is given reads `env` and the files at each connection, so that a password, a token or a
 * certificate that was changed is used by the next one.
 * @throws Error that names what is missing, and never a value
 */
export function kafkaSecurityOf(env: KafkaEnvironment): KafkaSecurity {
  const protocol = env.KAFKA_SECURITY_PROTOCOL ?? 'PLAINTEXT'
  const wantsUser = protocol.startsWith('SASL_')
  const isBearer = env.KAFKA_SASL_MECHANISM === 'OAUTHBEARER'
  const bearer = Object.keys(oauthEnvironment).filter(name => env[name as keyof typeof oauthEnvironment] !== undefined)
  const user = env.KAFKA_SASL_USERNAME ?? env.KAFKA_SASL_PASSWORD
  if (!wantsUser && (user !== undefined || bearer.length > 0)) missing('KAFKA_SECURITY_PROTOCOL=SASL_SSL')
  if (!isBearer && bearer.length > 0) missing('KAFKA_SASL_MECHANISM=OAUTHBEARER')
  if (!protocol.endsWith('SSL') && (env.KAFKA_CA_FILE ?? env.KAFKA_CERT_FILE ?? env.KAFKA_KEY_FILE) !== undefined)
    missing('KAFKA_SECURITY_PROTOCOL=SSL')
  if ((env.KAFKA_CERT_FILE === undefined) !== (env.KAFKA_KEY_FILE === undefined))
    missing('KAFKA_CERT_FILE, KAFKA_KEY_FILE')
  return {
    ...(protocol.endsWith('SSL') ? { ssl: tlsOf(env) } : {}),
    ...(wantsUser ? { sasl: isBearer ? bearerSaslOf(env) : userOf(env) } : {}),
  }
}

/** The same for a command that is told where Kafka is in another way. @throws Error */
export function readKafkaSecurity(env: NodeJS.ProcessEnv): KafkaSecurity {
  const { KAFKA_BROKERS: _elsewhere, ...reached } = kafkaEnvironment
  const read = z.object(reached).safeParse(env)
  return read.success
    ? kafkaSecurityOf(read.data)
    : missing(read.error.issues.map(issue => issue.path.join('.')).join(', '))
}

function userOf(env: KafkaEnvironment): NonNullable<KafkaSecurity['sasl']> {
  if (env.KAFKA_SASL_USERNAME === undefined || env.KAFKA_SASL_PASSWORD === undefined)
    missing('KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD')
  const wanted = env.KAFKA_SASL_MECHANISM ?? 'SCRAM-SHA-512'
  return {
    mechanism: mechanisms[wanted as keyof typeof mechanisms] as 'plain',
    get username() {
      return env.KAFKA_SASL_USERNAME as string
    },
    get password() {
      return env.KAFKA_SASL_PASSWORD as string
    },
  }
}

function bearerSaslOf(env: KafkaEnvironment): NonNullable<KafkaSecurity['sasl']> {
  const { KAFKA_OAUTH_TOKEN_FILE: file, KAFKA_OAUTH_TOKEN_ENDPOINT: endpoint } = env
  const client = env.KAFKA_OAUTH_CLIENT_ID !== undefined && env.KAFKA_OAUTH_CLIENT_SECRET !== undefined
  if ((file === undefined) === (endpoint === undefined))
    missing('KAFKA_OAUTH_TOKEN_FILE or KAFKA_OAUTH_TOKEN_ENDPOINT, one of the two (二者择一)')
  if (endpoint !== undefined && !client) missing('KAFKA_OAUTH_CLIENT_ID, KAFKA_OAUTH_CLIENT_SECRET')
  if (endpoint?.startsWith('http:') && env.KAFKA_SECURITY_PROTOCOL === 'SASL_SSL')
    missing('https in KAFKA_OAUTH_TOKEN_ENDPOINT: the secret would go to it in clear (密钥会以明文发送)')
  return bearerMechanism(bearerOf(env))
}

/** The files as they are now; the client copies them at each connection. One that is away for a moment is what it was. */
function tlsOf({ KAFKA_CA_FILE: ca, KAFKA_CERT_FILE: cert, KAFKA_KEY_FILE: key }: KafkaEnvironment) {
  const tls = {}
  for (const [name, file] of Object.entries({ ca, cert, key })) {
    if (file === undefined) continue
    let known = readFileSync(file, 'utf8')
    Object.defineProperty(tls, name, {
      enumerable: true,
      get: () => {
        try {
          known = readFileSync(file, 'utf8')
        } catch {
          return known
        }
        return known
      },
    })
  }
  return tls
}
