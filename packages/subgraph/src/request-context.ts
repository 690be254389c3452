import type { UseCase } from '@linghang/access'
import { type Doing, type Perform, type PerformOptions, runUseCase, shanghaiDay } from '@linghang/access'
import DataLoader from 'dataloader'
import type { Cursors } from './paging.ts'
import type { Asker } from './server.ts'

type Read<W, Args extends unknown[], V> = (
  work: W,
  keys: readonly string[],
  ...args: Args
) => Promise<ReadonlyMap<string, V>>

/** What is read for many keys at once, and what stands where a key has nothing. Made by `one`, `many` or `count`. */
export type Load<W, Args extends unknown[], V> = {
  read: Read<W, Args, unknown>
  otherwise: V
  options: PerformOptions
}

/** One thing a key, null where there is none or it is not the actor's to see. */
export const one = <W, Args extends unknown[], V>(
  read: Read<W, Args, V>,
  options: PerformOptions = {},
): Load<W, Args, V | null> => ({ read, otherwise: null, options })
/** A bounded list a key. */
export const many = <W, Args extends unknown[], V>(
  read: Read<W, Args, V[]>,
  options: PerformOptions = {},
): Load<W, Args, V[]> => ({ read, otherwise: [], options })
/** A number a key. */
export const count = <W, Args extends unknown[]>(
  read: Read<W, Args, number>,
  options: PerformOptions = {},
): Load<W, Args, number> => ({ read, otherwise: 0, options })

/** Who asks, and what a resolver or a route may do in their name. */
export type RequestContext<W extends Doing = Doing> = Asker & {
  cursors: Cursors
  /** When the request came; `today` is its calendar date in Asia/Shanghai. */
  now: Date
  today: string
  /**
   * Does a use case once for the caller's key, in one transaction.
   * @throws DomainError what the use case refuses; IdempotencyKeyReused
   */
  run<In, Out>(useCase: UseCase<W, In, Out>, input: In, idempotencyKey: string | null | undefined): Promise<Out>
  /** Reads in one transaction, or does a part of what takes several. */
  perform<T>(run: (work: W) => Promise<T>, options?: PerformOptions): Promise<T>
  /**
   * Loads what a key has. All keys that are asked for in one tick, with the same further arguments, are read together in
   * one transaction: a page of a hundred costs what a page of one costs.
   */
  load<Args extends unknown[], V>(load: Load<W, Args, V>, key: string, ...args: Args): Promise<V>
}

/** Makes the contexts of a service's requests, one for each: what has been loaded is remembered for one request alone. */
export function createContexts<W extends Doing>(perform: Perform<W>, cursors: Cursors, clock: () => Date) {
  return ({ actor, language }: Asker): RequestContext<W> => {
    const now = clock()
    const loaders = new Map<object, Map<string, DataLoader<string, unknown>>>()
    const loaderOf = <Args extends unknown[]>({ read, otherwise, options }: Load<W, Args, unknown>, args: Args) =>
      new DataLoader<string, unknown>(async keys => {
        const found = await perform(actor, work => read(work, keys, ...args), options)
        return keys.map(key => found.get(key) ?? otherwise)
      })
    return {
      ...{ actor, language, cursors, now, today: shanghaiDay(now) },
      async run(useCase, input, idempotencyKey) {
        const done = await runUseCase(perform, actor, useCase, input, idempotencyKey ?? null)
        // What was read before it was changed is not what the caller is shown of the change.
        loaders.clear()
        return done
      },
      perform: (run, options) => perform(actor, run, options),
      load<Args extends unknown[], V>(load: Load<W, Args, V>, key: string, ...args: Args): Promise<V> {
        const ofLoad = loaders.get(load) ?? new Map<string, DataLoader<string, unknown>>()
        loaders.set(load, ofLoad)
        const name = args.length === 0 ? '' : JSON.stringify(args)
        const loader = ofLoad.get(name) ?? loaderOf(load, args)
        ofLoad.set(name, loader)
        return loader.load(key) as Promise<V>
      },
    }
  }
}
