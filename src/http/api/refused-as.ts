import { ApiError, CommandError } from '../../core/errors.ts';

/** What a service refuses, as the answer that fits. */
export const refusedAs =
  (code: 'bad_request' | 'conflict') =>
  (error: unknown): never => {
    throw error instanceof CommandError ? new ApiError(code, error.message) : error;
  };
