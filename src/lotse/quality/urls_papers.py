"""Governed documents, the manual, devices and material."""

from django.urls import path

from lotse.quality.views import equipment, governed, governed_versions, manual

DOCUMENT = "unterlagen/<str:governed_document_id>/"
VERSION = "unterlagen/fassung/<str:governed_version_id>/"
CHAPTER = "handbuch/<str:manual_chapter_id>/"
DEVICE = "geraete/<str:equipment_id>/"

PAPERS = [
    path("unterlagen/", governed.documents, name="documents"),
    path("unterlagen/neu/", governed.new_document, name="new_document"),
    path(VERSION, governed_versions.version, name="version"),
    path(f"{VERSION}schreiben/", governed_versions.edit_version, name="edit_version"),
    path(f"{VERSION}vorlegen/", governed_versions.submit, name="submit_version"),
    path(f"{VERSION}freigeben/", governed_versions.approve, name="approve_version"),
    path(f"{VERSION}zurueckgeben/", governed_versions.give_back, name="return_version"),
    path(f"{VERSION}zurueckziehen/", governed_versions.withdraw, name="withdraw_version"),
    path(f"{VERSION}gelesen/", governed.acknowledge, name="acknowledge"),
    path(f"{VERSION}lesende/", governed.readers, name="readers"),
    path(f"{VERSION}lesende.xlsx", governed.readers_xlsx, name="readers_xlsx"),
    path(f"{VERSION}drucken.pdf", governed_versions.version_pdf, name="version_pdf"),
    path(f"{VERSION}datei/", governed_versions.version_file, name="version_file"),
    path(DOCUMENT, governed.document, name="document"),
    path(f"{DOCUMENT}bearbeiten/", governed.edit_document, name="edit_document"),
    path(f"{DOCUMENT}fassung/", governed_versions.new_version, name="new_version"),
    path(f"{DOCUMENT}pruefen/", governed_versions.review, name="review_document"),
    path("handbuch/", manual.manual, name="manual"),
    path("handbuch/neu/", manual.new_chapter, name="new_chapter"),
    path("handbuch/drucken.pdf", manual.manual_pdf, name="manual_pdf"),
    path(CHAPTER, manual.chapter, name="chapter"),
    path(f"{CHAPTER}bearbeiten/", manual.edit_chapter, name="edit_chapter"),
    path(f"{CHAPTER}nach-oben/", manual.move_chapter, name="move_chapter"),
    path(f"{CHAPTER}loeschen/", manual.drop_chapter, name="drop_chapter"),
    path("geraete/", equipment.equipment_list, name="equipment_list"),
    path("geraete/neu/", equipment.new_equipment, name="new_equipment"),
    path("geraete/liste.pdf", equipment.equipment_pdf, name="equipment_pdf"),
    path("geraete/liste.xlsx", equipment.equipment_xlsx, name="equipment_xlsx"),
    path(DEVICE, equipment.equipment, name="equipment"),
    path(f"{DEVICE}bearbeiten/", equipment.edit_equipment, name="edit_equipment"),
    path(f"{DEVICE}pruefen/", equipment.check_equipment, name="check_equipment"),
]
