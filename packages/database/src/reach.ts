import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type ConnectionOptions, createSecureContext, getCACertificates } from 'node:tls'
import type { ClientConfig } from 'pg'

const modes = ['disable', 'require', 'verify-ca', 'verify-full']
const known = new Set(['sslmode', 'sslrootcert', 'sslcert', 'sslkey'])
const inFiles = ['sslrootcert', 'sslcert', 'sslkey'] as const

type Tls = { mode: string; files: Partial<Record<(typeof inFiles)[number], string>> }

const tlsOf = (url: URL): Tls => {
  const given = url.searchParams
  const files = Object.fromEntries(inFiles.flatMap(name => (given.has(name) ? [[name, given.get(name) ?? '']] : [])))
  // As libpq: whoever trusts what the system trusts wants the name verified too, since anybody gets a certificate of those.
  const unless = files.sslrootcert === 'system' ? 'verify-full' : 'disable'
  return { mode: given.get('sslmode') ?? unless, files }
}

/** TLS as the address says it; the files are read now, so that a certificate that was renewed is the next connection's. */
function optionsOf({ mode, files }: Tls): ConnectionOptions | false {
  if (mode === 'disable') return false
  const read = (name: (typeof inFiles)[number]) => {
    const path = files[name]
    return path === undefined
      ? {}
      : { [{ sslrootcert: 'ca', sslcert: 'cert', sslkey: 'key' }[name]]: readFileSync(path) }
  }
  const own = { ...read('sslcert'), ...read('sslkey') }
  if (files.sslrootcert === 'system') return { ...own, ca: getCACertificates('system') }
  if (files.sslrootcert === undefined) return { ...own, rejectUnauthorized: false }
  const trusted = { ...own, ...read('sslrootcert') }
  // As libpq: a CA beside `require` is not ignored, and means verify-ca.
  return mode === 'verify-full' ? trusted : { ...trusted, checkServerIdentity: () => undefined }
}

/**
 * How `pg` is to connect to an address as libpq reads it. `pg` alone reads `sslmode=require` as verify-full, takes files once
 * for all connections and has its own parameters beside; what it would not mean as libpq does is refused by `problemOf`.
 */
export function clientConfigOf(address: string): ClientConfig & { connectionString: string } {
  const url = new URL(address)
  const tls = tlsOf(url)
  for (const name of known) url.searchParams.delete(name)
  return { connectionString: url.href, ssl: optionsOf(tls) }
}

/** What is wrong with an address, as one sentence without its values; null where nothing is. */
export function problemOf(address: string): string | null {
  if (!URL.canParse(address)) return 'an address is wanted (应为地址)'
  const url = new URL(address)
  const strange = [...url.searchParams.keys()].filter(name => /^(?:ssl|uselibpq)/.test(name) && !known.has(name))
  if (strange.length > 0)
    return `${strange.join(', ')} is not understood: TLS is said by ${[...known].join(', ')} (无法识别的 TLS 参数)`
  const { mode, files } = tlsOf(url)
  if (!modes.includes(mode)) return `sslmode is one of ${modes.join(', ')} (sslmode 取值有误)`
  if ((files.sslcert === undefined) !== (files.sslkey === undefined))
    return 'sslcert and sslkey belong together (sslcert 与 sslkey 须同时给出)'
  if (mode === 'disable' && Object.keys(files).length > 0)
    return 'files of TLS want an sslmode beside them: require, verify-ca or verify-full (给出证书文件时须给出 sslmode)'
  if (mode.startsWith('verify') && files.sslrootcert === undefined)
    return `sslmode=${mode} wants sslrootcert: the file of the CA, or system (须给出 sslrootcert)`
  if (files.sslrootcert === 'system' && mode !== 'verify-full')
    return 'sslrootcert=system wants sslmode=verify-full: anybody gets a certificate that the system trusts (sslrootcert=system 须与 sslmode=verify-full 同用)'
  try {
    const options = optionsOf({ mode, files })
    if (options) createSecureContext(options)
    // A CA in which there is no certificate would be passed over.
    if (files.sslrootcert !== undefined && files.sslrootcert !== 'system')
      new X509Certificate(readFileSync(files.sslrootcert))
    return null
  } catch (error) {
    const unread = (error as { code?: string }).code === 'ENOENT' || (error as { code?: string }).code === 'EACCES'
    return unread
      ? 'a file of sslrootcert, sslcert or sslkey cannot be read (证书文件无法读取)'
      : 'the files of sslrootcert, sslcert and sslkey are to be PEM, the key that of the certificate (证书文件须为 PEM，且私钥与证书相符)'
  }
}

const unsigned = new Set([
  ...['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_SIGNATURE_FAILURE'],
])

/**
 * Why a server and an address will never come together as they are, where it is for TLS; null where it is something else,
 * which waiting may mend.
 */
export function whyNotSecure(error: unknown): string | null {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string }
  if (unsigned.has(code))
    return 'the server’s certificate is not signed by the CA of sslrootcert (服务器证书并非由 sslrootcert 中的 CA 签发)'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'the server’s certificate is of another host than the address (服务器证书与地址中的主机名不符)'
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return 'the server’s certificate is not valid now (服务器证书不在有效期内)'
  if (message === 'The server does not support SSL connections')
    return 'the server speaks no TLS, which sslmode wants (服务器不支持 TLS，而 sslmode 要求 TLS)'
  if (code === '28000' && /certificate/.test(message))
    return 'the server wants a client’s certificate: sslcert and sslkey (服务器要求客户端证书：sslcert 与 sslkey)'
  if ((code === '28000' || code === '08P01') && /no encryption|SSL required/.test(message))
    return 'the server wants TLS: give an sslmode (服务器要求 TLS：请给出 sslmode)'
  return null
}
