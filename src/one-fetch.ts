import { install } from 'undici';

/**
 * From now on `fetch` of this process is the one that Socket Mode brings along. Node's own is a second copy of the same package,
 * loaded and compiled when somebody first calls it.
 */
export const useOneFetch = (): void => install();
