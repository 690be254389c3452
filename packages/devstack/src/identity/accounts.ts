import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { stackFault } from '../fault.ts'
import { isMissing, readJson, withFileLock, writeJson } from '../files.ts'

/** A person who can sign in. */
export interface NewAccount {
  username: string
  password: string
  /** The stable subject that tokens carry. */
  sub: string
  name?: string
}

/** An app that signs in for itself. */
export interface NewClient {
  clientId: string
  secret: string
  scopes: string[]
}

interface StoredAccount {
  username: string
  sub: string
  name?: string
  salt: string
  hash: string
}

const hashBytes = 32
const lockTimeoutMs = 20_000
const cost = { N: 16_384, r: 8, p: 1 }

const derive = (password: string, salt: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), Buffer.from(salt, 'base64'), hashBytes, cost, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })

const store = async ({ username, sub, name, password }: NewAccount): Promise<StoredAccount> => {
  const salt = randomBytes(16).toString('base64')
  const hash = (await derive(password, salt)).toString('base64')
  return { username, sub, ...(name === undefined ? {} : { name }), salt, hash }
}

const invalid = (path: string): Error =>
  stackFault('ACCOUNTS_INVALID', {
    zh: `文件 ${path} 的内容不是预期的列表：请修正，或删除后用 --reset 重新生成。`,
    en: `${path} does not hold the list that is expected: correct it, or start with --reset to make it anew.`,
  })

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const isAccount = (value: unknown): value is StoredAccount =>
  isRecord(value) && ['username', 'sub', 'salt', 'hash'].every(name => typeof value[name] === 'string')

const isClient = (value: unknown): value is NewClient =>
  isRecord(value) &&
  typeof value.clientId === 'string' &&
  typeof value.secret === 'string' &&
  Array.isArray(value.scopes) &&
  value.scopes.every(scope => typeof scope === 'string')

const readList = async <T>(path: string, isItem: (value: unknown) => value is T): Promise<T[]> => {
  const value = (await readJson(path)) ?? []
  if (!Array.isArray(value) || !value.every(isItem)) throw invalid(path)
  return value
}

/** Puts accounts into an accounts file; an account of the same user name is replaced. */
export const addAccounts = async (accountsFile: string, accounts: NewAccount[]): Promise<void> => {
  const added: StoredAccount[] = []
  for (const account of accounts) added.push(await store(account))
  const names = new Set(added.map(account => account.username))
  await withFileLock(`${accountsFile}.lock`, lockTimeoutMs, async () => {
    const kept = (await readList(accountsFile, isAccount)).filter(account => !names.has(account.username))
    await writeJson(accountsFile, [...kept, ...added])
  })
}

/** Puts one account into an accounts file. */
export const addAccount = (accountsFile: string, account: NewAccount): Promise<void> =>
  addAccounts(accountsFile, [account])

/** Puts an app into a clients file; one of the same id is replaced. */
export const addClient = (clientsFile: string, client: NewClient): Promise<void> =>
  withFileLock(`${clientsFile}.lock`, lockTimeoutMs, async () => {
    const kept = (await readList(clientsFile, isClient)).filter(one => one.clientId !== client.clientId)
    await writeJson(clientsFile, [...kept, client])
  })

/** The apps of a clients file. */
export const listClients = (clientsFile: string): Promise<NewClient[]> => readList(clientsFile, isClient)

/** Reads a list again only when its file has changed. */
const followed = <T>(path: string, isItem: (value: unknown) => value is T): (() => Promise<T[]>) => {
  let seen = ''
  let list: T[] = []
  return async () => {
    const found = await stat(path).catch(error => (isMissing(error) ? undefined : Promise.reject(error)))
    const version = found ? `${found.ino}/${found.mtimeMs}/${found.size}` : 'none'
    if (version !== seen) {
      list = await readList(path, isItem)
      seen = version
    }
    return list
  }
}

/** What the provider asks of its accounts and apps. */
export interface Directory {
  /** The subject when user name and password fit. */
  signIn(username: string, password: string): Promise<string | undefined>
  findBySubject(sub: string): Promise<{ sub: string; username: string; name: string | undefined } | undefined>
  findClient(clientId: string): Promise<NewClient | undefined>
}

/** Follows both files, so that accounts made while the provider runs can sign in at once. */
export const createDirectory = (accountsFile: string, clientsFile: string): Directory => {
  const accounts = followed(accountsFile, isAccount)
  const clients = followed(clientsFile, isClient)
  const nobody = { salt: randomBytes(16).toString('base64'), hash: randomBytes(hashBytes).toString('base64') }
  return {
    signIn: async (username, password) => {
      const account = (await accounts()).find(one => one.username === username)
      // An unknown name takes as long as a wrong password: the page does not tell who has an account.
      const { salt, hash } = account ?? nobody
      const fits = timingSafeEqual(await derive(password, salt), Buffer.from(hash, 'base64'))
      return fits ? account?.sub : undefined
    },
    findBySubject: async sub => {
      const found = (await accounts()).find(one => one.sub === sub)
      return found && { sub, username: found.username, name: found.name }
    },
    findClient: async clientId => (await clients()).find(one => one.clientId === clientId),
  }
}
