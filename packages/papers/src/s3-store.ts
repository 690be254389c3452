import { Readable } from 'node:stream'
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { ObjectMissing, type ObjectStore, type StoreAddress } from './object-store.ts'

/** Papers in a bucket of an S3-compatible store; the bucket has to be there. Keys come from the environment. */
export function createS3Store(
  address: Extract<StoreAddress, { kind: 'S3' }>,
  keys: () => { accessKeyId: string; secretAccessKey: string },
): ObjectStore & { close(): void } {
  const client = new S3Client({
    region: address.region,
    // What has ended already is asked for anew at each request, and so a changed key is used at once.
    credentials: async () => ({ ...keys(), expiration: new Date(0) }),
    ...(address.endpoint === null ? {} : { endpoint: address.endpoint, forcePathStyle: true }),
    // Papers are sealed, so that whoever alters one is found out; stores other than Amazon's differ in checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    // A stream cannot be sent twice; whoever uploads tries again.
    maxAttempts: 1,
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  // A stream has no hash before it has passed. Once it is there, its seal is a stronger proof than the request's hash.
  client.middlewareStack.add(
    next => args => {
      const { request } = args as { request: { headers: Record<string, string>; method: string } }
      if (request.method === 'PUT') request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD'
      return next(args)
    },
    { step: 'build', name: 'unsignedPayload' },
  )
  const at = (key: string) => ({ Bucket: address.bucket, Key: address.prefix + key })
  return {
    async put(key, content, bytes) {
      const body = Readable.from(content)
      const broken = new AbortController()
      // The client does not notice a content that ends early: it would wait for the rest, and the unheard error would
      // end the process.
      body.once('error', error => broken.abort(error))
      try {
        await client.send(new PutObjectCommand({ ...at(key), Body: body, ContentLength: bytes }), {
          abortSignal: broken.signal,
        })
      } catch (error) {
        throw broken.signal.aborted ? broken.signal.reason : error
      } finally {
        body.destroy()
      }
    },
    async get(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand(at(key)))
        if (Body instanceof Readable) return Body
        throw new ObjectMissing(key)
      } catch (error) {
        throw error instanceof NoSuchKey ? new ObjectMissing(key) : error
      }
    },
    async delete(key) {
      await client.send(new DeleteObjectCommand(at(key)))
    },
    close: () => client.destroy(),
  }
}
