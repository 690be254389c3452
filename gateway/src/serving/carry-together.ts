/** What a subgraph has answered to one fetch. */
export type Fetched = {
  status: number
  /** The answer as an object that the caller may change; each call gives another. @throws SyntaxError */
  read(): unknown
}

type Waiting = {
  body: string
  /** Whether others wait for the same answer. */
  isShared: () => boolean
  resolve: (fetched: Fetched) => void
  reject: (error: unknown) => void
}

type Post = (body: string, fetches: number) => Promise<{ status: number; text: string }>

/** What a subgraph takes in one request; it refuses more. */
export const fetchesAtMost = 20
const bytesAtMost = 256 * 1024

/** Cuts what waits into loads that a subgraph takes. */
function loadsOf(waiting: readonly Waiting[]): Waiting[][] {
  const loads: Waiting[][] = []
  let bytes = 0
  for (const one of waiting) {
    const load = loads.at(-1)
    bytes += one.body.length
    if (load && load.length < fetchesAtMost && bytes <= bytesAtMost) load.push(one)
    else {
      loads.push([one])
      bytes = one.body.length
    }
  }
  return loads
}

const alone = ({ status, text }: { status: number; text: string }): Fetched => ({
  status,
  read: () => JSON.parse(text),
})

/** One of several answers. Whoever has it alone gets it as it came; those who share it get copies of what it was. */
function oneOf(answer: unknown, isShared: boolean): Fetched {
  if (!isShared) return { status: 200, read: () => answer }
  const text = JSON.stringify(answer)
  return { status: 200, read: () => JSON.parse(text) }
}

/**
 * Carries what the steps of one plan ask of one subgraph in one tick in one request: one token is verified there, and
 * its loaders read for all of them together. A fault of one is answered in its place; the others stand.
 */
export function createCarrier<Journey extends object>(post: (journey: Journey) => Post) {
  const waitingOf = new Map<Journey, Waiting[]>()

  const carry = async (send: Post, load: readonly Waiting[]): Promise<void> => {
    const [first] = load as [Waiting, ...Waiting[]]
    try {
      if (load.length === 1) return first.resolve(alone(await send(first.body, 1)))
      const { status, text } = await send(`[${load.map(({ body }) => body).join(',')}]`, load.length)
      const answers: unknown = status < 500 && status !== 401 ? JSON.parse(text) : null
      if (!Array.isArray(answers) || answers.length !== load.length) throw new Error(`answered ${status}`)
      for (const [n, { resolve, isShared }] of load.entries()) resolve(oneOf(answers[n], isShared()))
    } catch (error) {
      for (const { reject } of load) reject(error)
    }
  }

  const leave = (journey: Journey): void => {
    const waiting = waitingOf.get(journey) ?? []
    waitingOf.delete(journey)
    for (const load of loadsOf(waiting)) void carry(post(journey), load)
  }

  return {
    /** @throws what `post` throws; Error when the answer is not one for each fetch */
    fetch(journey: Journey, body: string, isShared: () => boolean): Promise<Fetched> {
      return new Promise((resolve, reject) => {
        const waiting = waitingOf.get(journey)
        if (waiting) waiting.push({ body, isShared, resolve, reject })
        else {
          waitingOf.set(journey, [{ body, isShared, resolve, reject }])
          setImmediate(leave, journey)
        }
      })
    },
  }
}
