-- Which streams a document was handed over in. A removal of words by law asks whether another report came as the very same
-- document before it removes the original, while everyone who writes waits.
create index mt_events_documents on mt_events ((data #>> '{document,sha256}')) where type = 'document_imported';
