import type { AuthenticationProviderArgs, Mechanism } from 'kafkajs'

/** Kafka believes no such token: it has ended, or is for somebody else. The next one may be good. */
export class TokenRefused extends Error {
  override name = 'TokenRefused'
  readonly retriable = false
}

/** Kafka's own form of bytes: their length before them. */
const framed = (text: string): Buffer => {
  const bytes = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** What stands in a broker's answer after its length: nothing where it lets in, else why not (RFC 7628, 3.2.2). */
const refusalIn = (answer: Buffer): string => answer.subarray(4).toString('utf8')

/** Of the reasons the one word that says it, and nothing else of what a broker may answer. */
const statusOf = (refusal: string): string => /"status"\s*:\s*"([\w-]{1,40})"/.exec(refusal)?.[1] ?? 'refused'

/**
 * SASL OAUTHBEARER (RFC 7628). The client's own takes a broker's refusal for its consent, since both come as an answer that
 * is no fault; whoever comes with an ended token then hears only that no broker is there.
 * @param token gives the token of now
 */
export const bearerMechanism = (token: () => Promise<string>): Mechanism => ({
  mechanism: 'oauthbearer',
  authenticationProvider: ({ saslAuthenticate }: AuthenticationProviderArgs) => ({
    async authenticate(): Promise<void> {
      const first = framed(`n,,\u0001auth=Bearer ${await token()}\u0001\u0001`)
      const refusal = await saslAuthenticate<string>({
        request: { encode: () => first },
        response: { decode: answer => answer, parse: refusalIn },
      })
      if (refusal) throw new TokenRefused(`Kafka does not take the token (Kafka 不接受令牌): ${statusOf(refusal)}`)
    },
  }),
})
