import { readFileSync } from 'node:fs'
import type { KafkaConfig } from 'kafkajs'
import { z } from 'zod'
import { topicsEnvironment } from './wanted-topics.ts'

/** How a process reaches Kafka, in Kafka's own words. What events say is what other services authorise by. */
export const kafkaEnvironment = {
  KAFKA_BROKERS: z.string().transform(list => list.split(',').map(part => part.trim())),
  ...topicsEnvironment,
  KAFKA_SECURITY_PROTOCOL: z.enum(['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL']).optional(),
  KAFKA_SASL_MECHANISM: z.enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']).optional(),
  KAFKA_SASL_USERNAME: z.string().min(1).optional(),
  KAFKA_SASL_PASSWORD: z.string().min(1).optional(),
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
 * clear, or to anybody.
 * @throws Error that names what is missing, and never a value
 */
export function kafkaSecurityOf(env: KafkaEnvironment): KafkaSecurity {
  const protocol = env.KAFKA_SECURITY_PROTOCOL ?? 'PLAINTEXT'
  const { KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = env
  const wantsUser = protocol.startsWith('SASL_')
  if (!wantsUser && (username ?? password) !== undefined) missing('KAFKA_SECURITY_PROTOCOL=SASL_SSL')
  if (!protocol.endsWith('SSL') && (env.KAFKA_CA_FILE ?? env.KAFKA_CERT_FILE ?? env.KAFKA_KEY_FILE) !== undefined)
    missing('KAFKA_SECURITY_PROTOCOL=SSL')
  if ((env.KAFKA_CERT_FILE === undefined) !== (env.KAFKA_KEY_FILE === undefined))
    missing('KAFKA_CERT_FILE, KAFKA_KEY_FILE')
  return {
    ...(protocol.endsWith('SSL') ? { ssl: tlsOf(env) } : {}),
    ...(wantsUser && username !== undefined && password !== undefined
      ? { sasl: { mechanism: mechanisms[env.KAFKA_SASL_MECHANISM ?? 'SCRAM-SHA-512'] as 'plain', username, password } }
      : wantsUser
        ? missing('KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD')
        : {}),
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

function tlsOf({ KAFKA_CA_FILE: ca, KAFKA_CERT_FILE: cert, KAFKA_KEY_FILE: key }: KafkaEnvironment) {
  const read = (name: string, file: string | undefined) =>
    file === undefined ? {} : { [name]: readFileSync(file, 'utf8') }
  return { ...read('ca', ca), ...read('cert', cert), ...read('key', key) }
}
