import fc from 'fast-check';

// Each run tries the same cases, so that what fails can be repeated; `PROPERTY_SEED=…` tries others.
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20261127) });
